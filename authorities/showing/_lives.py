"""Lives and laws in words."""

from __future__ import annotations

from datetime import date

from rules.provisions import LawRef, Life, Years


def day_words(day: date) -> str:
    """``15 March 2026``."""
    return f"{day.day} {day:%B} {day.year}"


def law_words(law: LawRef | None) -> str:
    """``Pub. L. 114-328, section 1241``; empty where no law is named."""
    if law is None:
        return ""
    # a place that is no section says itself what it is: "division I, title IV"
    word = "section " if law.section[:1].isdigit() else ""
    return f"Pub. L. {law.public_law}" + (f", {word}{law.section}" if law.section else "")


def years_words(years: Years) -> str:
    """``money of fiscal year 2025 and after``."""
    if years.first is None:
        return "money of every fiscal year" if years.last is None else f"money of fiscal year {years.last} and before"
    if years.last is None:
        return f"money of fiscal year {years.first} and after"
    if years.first == years.last:
        return f"money of fiscal year {years.first}"
    return f"money of fiscal years {years.first} through {years.last}"


_ON = {"start": "judged on the day it starts", "delivery": "judged on the day of delivery"}
_ON["end"] = "judged on the day it ends"


def life_words(life: Life) -> str:
    """``from 23 December 2016 (Pub. L. 114-328, section 1241) until ...``."""
    span = f"from {day_words(life.since)}" if life.fund_years is None else years_words(life.fund_years)
    if life.law is not None:
        span += f" ({law_words(life.law)})"
    if life.until is not None:
        span += f" until {day_words(life.until)}"
        if life.ended_by is not None:
            span += f" ({law_words(life.ended_by)})"
    return span + (f"; {_ON[life.on]}" if life.on in _ON else "")


def ended(life: Life, today: date) -> bool:
    """Whether the words no longer hold for what is decided on ``today``."""
    return life.until is not None and life.until <= today
