"""What ``advisor ask`` was asked, whole, and its reply: so that the same can be asked again another day."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from authorities.loading import Loaded
from rules.findings import Answer


class Asked(NamedTuple):
    """Everything an answer hangs on beside the library and the engine.

    ``file``: the name of the proposal's file (``-``: standard input), which says how it is read, and ``text`` its words;
    both None where all facts are in ``sets``. ``known`` None: with what was enacted by ``today``. ``every``: with each
    authority that gives nothing.
    """

    file: str | None
    text: str | None
    sets: tuple[str, ...]
    under: str | None
    day: date | None
    known: date | None
    today: date
    strict: bool
    every: bool


class Reply(NamedTuple):
    """The answer, and the library that gave it."""

    asked: Asked
    found: Answer
    loaded: Loaded

    def data(self) -> dict[str, Any]:
        """The answer as ``--json`` gives it."""
        from advisor.as_json import answer_json

        return answer_json(self.found, every=self.asked.every, library=self.loaded.library)

    def page(self) -> str:
        """The answer as the screen has it."""
        from advisor.screen import render

        return render(self.found, every=self.asked.every, library=self.loaded.library)


def reply(asked: Asked) -> Reply:
    """Ask. Raises FaultsError for a bad proposal, Disagreement where the two implementations differ."""
    from advisor.asking import ask
    from advisor.reading import proposal_of
    from advisor.signed import reviewed
    from authorities.home import home
    from authorities.loading import load

    document = proposal_of(asked.text, asked.file, asked.sets)
    loaded = load()
    found = ask(
        loaded,
        document,
        today=asked.today,
        known=asked.known,
        day=asked.day,
        strict=asked.strict,
        asked=asked.under,
    )
    return Reply(asked, reviewed(found, home().library, loaded.library), loaded)
