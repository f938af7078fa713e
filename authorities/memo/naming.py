"""What the parts of a memo are called, and where they begin."""

from __future__ import annotations

from datetime import date

from authorities.memo.model import LimitSection, Section
from authorities.showing._lives import day_words


def name(one: Section | LimitSection) -> str:
    """What an authority is called: its short name, with its statute where that says more."""
    short = label(one)
    return short if short == one.statute else f"{short} ({one.statute})"


def label(one: Section | LimitSection) -> str:
    """Its short name, or its statute where that says the same."""
    if isinstance(one, LimitSection) or one.short.split()[-1] in one.statute.split():
        return one.statute
    return one.short


def anchor(one: Section | LimitSection) -> str:
    """Where its part of the memo begins."""
    return f"limit-{one.id}" if isinstance(one, LimitSection) else one.id


def act(law: str, enacted: date | None) -> str:
    """A Public Law with the day it was enacted."""
    if not law:
        return "no Act: the year of the money turns"
    return f"Pub. L. {law}, enacted {day_words(enacted) if enacted is not None else 'on a day unknown'}"


def day_of(value: object) -> str:
    """A day in words."""
    return day_words(value) if isinstance(value, date) else str(value)
