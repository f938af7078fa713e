"""One line to be judged: what the proposal says, on which day, and what has been worked out so far."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from rules.second._errors import SecondOpinionError
from rules.second._library import Library
from rules.second._node import Node
from rules.second._plain import Doc

UNKNOWN = "unknown"
DONE, NOT_YET, REFUSED = "done", "not yet", "refused"


class Case:
    """A line under a library, known on day `known`; `strict` presumes nothing. Holds memos: use it once.

    `cap_others`: (file, cap, or group of caps) -> what sibling lines count under it. `brief`: a condition is
    read no further than it takes to settle it, for nobody wants the trace.
    """

    def __init__(
        self, library: Library, facts: Doc, known: date, today: date, strict: bool, brief: bool = False
    ) -> None:
        self.brief = brief
        self.library, self.facts, self.known, self.strict = library, facts, known, strict
        self.acts: Mapping[str, Any] = facts.get("acts") or {}
        self.words: Mapping[str, Any] = facts.get("questions") or {}
        self.cap_others: Mapping[tuple[str, str], int] = facts.get("cap_others") or {}
        self.found: dict[tuple[str, date], Any] = {}
        self.nodes: dict[Any, Node] = {}
        self.parts: dict[int, Any] = {}
        self.decided = self.stated_day("date") or today
        self.day = self.stated_day("date") or self.stated_day("start") or today
        self._entered: set[Any] = set()
        self._lives = library.lives(known)

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
        event = provision.get("on")
        return self.day if event is None else self.stated_day(event) or self.day

    def act_status(self, act: str) -> tuple[str, date | None]:
        """(`done`, `not yet` or `refused`, day done where given)."""
        said = self.acts.get(act, NOT_YET)
        if isinstance(said, date):
            return (DONE, said) if said <= self.decided else (NOT_YET, None)
        return said, None

    def in_force(self, item: Doc, doc: Doc, day: date) -> bool:
        """Whether a provision, definition or value entry of `doc` counts on `day`; reads no `fund_years`."""
        life = self._lives.get(id(item))
        if life is None:
            life = self._lives[id(item)] = self.library.life(item, doc, self.known)
        return life[0] <= day < life[1]

    def enacted_known(self, public_law: str) -> bool:
        """Whether a Public Law was enacted on or before the day of what is known."""
        day = self.library.enacted({"public_law": public_law})
        return day is not None and day <= self.known

    def fiscal_year(self) -> int:
        """The fiscal year of the line's day."""
        return self.library.fiscal_year(self.day)

    def counted_by_others(self, cap: Doc, doc: Doc) -> int:
        """What sibling lines count under a cap, or under the group it belongs to."""
        own, group = (str(doc.get("id")), cap["id"]), (str(doc.get("id")), cap.get("group", cap["id"]))
        return self.cap_others.get(own, self.cap_others.get(group, 0))

    @contextmanager
    def entering(self, thing: object, name: str) -> Iterator[None]:
        """Guards against what rests on itself."""
        if id(thing) in self._entered:
            raise SecondOpinionError(f"{name} rests on itself")
        self._entered.add(id(thing))
        try:
            yield
        finally:
            self._entered.discard(id(thing))
