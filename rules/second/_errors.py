"""What can go wrong in a second opinion."""


class SecondOpinionError(Exception):
    """The second opinion could not be formed; the message says where and why."""


class SecondOpinionUnavailable(SecondOpinionError):
    """`durable-rules` cannot be imported here, so no second opinion is taken."""


class ChainMismatch(SecondOpinionError):
    """The durable chain gave another letter or verdict than the naive reading."""


class BoundExceeded(SecondOpinionError):
    """A ruleset would pass a bound within which `durable-rules` is known to be right."""
