"""What proving may stumble on."""

from __future__ import annotations

from importlib.util import find_spec

from rules.faults import Fault, FaultsError, Place


class NotEncoded(Exception):
    """A rule that this encoding cannot say soundly: what it is. The authority is then named as not compared."""


class NotConfirmed(Exception):
    """The evaluator does not find what the solver said: an error of the encoding."""


def need_solver(command: str) -> None:
    """Raise :class:`FaultsError` where z3 is not installed, with how to install it."""
    if find_spec("z3") is None:
        said = "the solver z3 is not installed", "it: pip install 'authority-advisor[prove]'"
        raise FaultsError([Fault(Place(command, None, ""), *said)])
