"""What proving may stumble on."""

from __future__ import annotations


class NotEncoded(Exception):
    """A rule that this encoding cannot say soundly: what it is. The authority is then named as not compared."""


class NotConfirmed(Exception):
    """The evaluator does not find what the solver said: an error of the encoding."""
