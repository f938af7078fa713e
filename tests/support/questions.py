"""What faults are planted against: every case of the library under its authority, and random proposals; well mixed."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from rules.library import Library
from tests.support.agreement import TODAY
from tests.support.generator import Generator


class Question(NamedTuple):
    """A proposal, the authority it is asked under, and its today. ``place``: the case that it is (file, which)."""

    given: dict[str, Any]
    asked: str | None
    today: datetime.date
    place: tuple[str, int] | None = None


def questions(library: Library) -> tuple[Question, ...]:
    """Every case, and random proposals of two elements."""
    drawn = [
        Question({"date": case.date, **case.given}, case.under or file.id, case.date, (file.id, i))
        for file in library.files()
        for i, case in enumerate(file.cases)
    ]
    generator = Generator(library, 5)
    drawn += [Question(generator.split(data), asked, TODAY) for data, asked in generator.draw(400)]
    generator.random.shuffle(drawn)
    return tuple(drawn)
