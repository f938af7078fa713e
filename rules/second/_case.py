"""One line to be judged: what the proposal says, on which day, and what has been worked out so far."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.second import _dates as dates
from rules.second._library import Doc, Library
from rules.second._node import Node

UNKNOWN = "unknown"
DONE, NOT_YET, REFUSED = "done", "not yet", "refused"
EVENTS = ("start", "delivery", "end")


class Case:
    """A line under a library, known on day `known`; `strict` presumes nothing. Holds memos: use it once."""

    def __init__(self, library: Library, facts: Doc, known: date, today: date, strict: bool) -> None:
        self.library, self.facts, self.known, self.today, self.strict = library, facts, known, today, strict
        self.acts: Mapping[str, Any] = facts.get("acts") or {}
        self.words: Mapping[str, Any] = facts.get("questions") or {}
        self.cap_others: Mapping[tuple[str, str], int] = facts.get("cap_others") or {}
        self.found: dict[tuple[str, date], Any] = {}
        self.nodes: dict[Any, Node] = {}
        self.parts: dict[int, Any] = {}
        self.entered: set[Any] = set()
        self.decided = self.stated_day("date") or today
        self.day = self.stated_day("date") or self.stated_day("start") or today

    def stated(self, name: str) -> tuple[Any, bool]:
        """(value, whether a source is given for it) as the proposal says; the value is None where unsaid."""
        value = self.facts.get(name)
        if isinstance(value, dict):
            return value.get("value"), bool(value.get("source"))
        return value, False

    def stated_day(self, name: str) -> date | None:
        """The day the proposal gives for a date fact."""
        value = self.stated(name)[0]
        return value if isinstance(value, date) else None

    def day_of(self, provision: Doc) -> date:
        """The day that decides whether a provision is in force: the line's, where its own event has none."""
        event = provision.get("on", "date")
        return (self.stated_day(event) if event in EVENTS else None) or self.day

    def act_status(self, act: str) -> tuple[str, date | None]:
        """(`done`, `not yet` or `refused`, day done where given)."""
        said = self.acts.get(act, NOT_YET)
        if isinstance(said, date):
            return (DONE, said) if said <= self.decided else (NOT_YET, None)
        return said, None

    def in_force(self, item: Doc, doc: Doc, day: date) -> bool:
        """Whether a provision, definition or value entry of `doc` counts on `day`; reads no `fund_years`."""
        enacted = self.library.enacted(item.get("law", doc.get("law")))
        if enacted is not None and enacted > self.known:
            return False
        if "fund_years" in item:
            return True
        since = item.get("since") or enacted or date.min
        return dates.window(day, since, self.end_of(item))

    def enacted_known(self, public_law: str) -> bool:
        """Whether a Public Law was enacted on or before the day of what is known."""
        day = self.library.enacted({"public_law": public_law})
        return day is not None and day <= self.known

    def fiscal_year(self) -> int:
        """The fiscal year of the line's day."""
        return self.library.fiscal_year(self.day)

    def end_of(self, item: Doc) -> date | None:
        """The first day an item no longer holds, as known; None where no end is known."""
        ended = self.library.enacted(item.get("ended_by"))
        return None if ended is not None and ended > self.known else item.get("until")
