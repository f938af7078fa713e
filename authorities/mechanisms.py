"""Mechanisms: what a planner picks to use an authority, in RAND's five elements.

The elements are resources, authorities, programs, processes and organizational relationships (RAND RR413). The file
`reference/mechanisms.yaml` holds one entry for each program of `reference/programs.csv` that stands on an encoded
authority. What no source says is left out, and is unknown. The steps the law requires are not in the file: they are
read from the library. Nothing here is read for a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from authorities.home import INSTALLED, home, reference_rows
from rules.faults import Fault, FaultsError, KeyPath, nearest, show
from rules.library import Library
from rules.reading import Document, read_yaml

SHIPPED = INSTALLED.reference / "mechanisms.yaml"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "resources": ("account", "money_note"),
    "programs": ("program_code", "status", "duration"),
    "processes": ("proposal_cycle", "steps"),
    "organization": ("program_manager", "executing_agency", "state_counterpart", "commands_served", "staff_burden"),
}
"""The fields of each element; the fifth element, authorities, is the ids of the library."""
KINDS = ("sourced", "estimated")
EVERY_COMMAND = "all"
Kind = Literal["sourced", "estimated"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a field says, where that was read, and for an estimate its basis."""

    text: str
    kind: Kind
    source: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that practice, not law, asks for. ``lead`` is how long it takes, in words; empty is unknown."""

    step: str
    who: str
    lead: str
    kind: Kind
    source: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """A published judgment of the mechanism, or of its kind, and where it was published."""

    by: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One program with what is known of it. ``memory``: its catalogue row is from memory, so it says nothing more.

    ``authorities`` and ``accounts`` are ids of the library; ``commands`` are unified commands, or ``all``.
    """

    id: str
    name: str
    other_names: str
    authorities: tuple[str, ...]
    accounts: tuple[str, ...]
    commands: tuple[str, ...]
    values: Mapping[str, Value]
    steps: tuple[Step, ...]
    ratings: tuple[Rating, ...]
    memory: bool = False

    def kinds(self, field: str) -> tuple[str, ...]:
        """What a field counts as: its kind, one for each of several steps, or ``unknown``."""
        if field == "steps":
            return tuple(step.kind for step in self.steps) or ("unknown",)
        return (self.values[field].kind if field in self.values else "unknown",)


def load_mechanisms(library: Library, path: Path | None = None) -> tuple[Mechanism, ...]:
    """The mechanisms in a file (default: that of the reference tables), by the library it speaks of.

    Raises FaultsError with every fault."""
    path = home().reference / SHIPPED.name if path is None else path
    reader = _Reader(read_yaml(path.read_bytes(), path.name), library)
    found = reader.mechanisms()
    if reader.faults:
        raise FaultsError(sorted(reader.faults, key=lambda fault: fault.place.line or 0))
    return found


class _Reader:
    """Reads the document, collecting what is wrong."""

    def __init__(self, doc: Document, library: Library) -> None:
        self.doc, self.library = doc, library
        self.faults: list[Fault] = []
        self.programs = {row["id"]: row for row in reference_rows("programs.csv")}
        self.commands = sorted({row["command"] for row in reference_rows("aor.csv")} | {EVERY_COMMAND})

    def fault(self, path: KeyPath, found: str, expected: str, suggestion: str = "") -> None:
        self.faults.append(Fault(self.doc.place(path), found, expected, suggestion))

    def mechanisms(self) -> tuple[Mechanism, ...]:
        top = self.mapping((), self.doc.data, ("language", "mechanisms"), ())
        entries, out = top.get("mechanisms", []), []
        if top.get("language") != 1:
            self.fault(("language",), show(top.get("language")), "the language 1")
        if not isinstance(entries, list):
            self.fault(("mechanisms",), show(entries), "a list")
            return ()
        seen: set[str] = set()
        for n, entry in enumerate(entries):
            path: KeyPath = ("mechanisms", n)
            given = self.mapping(
                path, entry, ("id", "name", "authorities"), (*FIELDS, "account_ids", "memory", "ratings")
            )
            id_ = self.text((*path, "id"), given.get("id"))
            if id_ in seen:
                self.fault((*path, "id"), f"the program '{id_}' again", "each program once")
            seen.add(id_)
            out.append(self.mechanism(path, id_, given))
        return tuple(out)

    def mechanism(self, path: KeyPath, id_: str, given: Mapping[str, Any]) -> Mechanism:
        """One entry; whatever is wrong with it is among the faults."""
        self.known((*path, "id"), (id_,), self.programs, "a program of programs.csv")
        row = self.programs.get(id_, {})
        name = self.text((*path, "name"), given.get("name"))
        if row and name != row["name"]:
            self.fault((*path, "name"), show(name), "the name in programs.csv", row["name"])
        remembered = row.get("sourced") == "memory"
        if given.get("memory", False) is not remembered:
            said = "`memory: true`" if remembered else "no `memory`"
            self.fault((*path, "memory"), show(given.get("memory", False)), f"{said}, as the row in programs.csv says")
        if remembered and (more := sorted(given.keys() - {"id", "name", "authorities", "memory"})):
            self.fault((*path, more[0]), f"the key '{more[0]}'", "nothing more of a program known from memory")
        authorities = self.ids((*path, "authorities"), given.get("authorities"))
        self.known((*path, "authorities"), authorities, self.library.authorities, "an authority of the library")
        accounts = self.ids((*path, "account_ids"), given.get("account_ids", []))
        self.known((*path, "account_ids"), accounts, self.library.accounts, "an account of the library")
        if not authorities:
            self.fault((*path, "authorities"), "no authority", "the authorities it stands on")
        dated, read = row.get("source_date", ""), row.get("source", "")
        read += f" ({dated})" if dated and dated not in read else ""
        values: dict[str, Value] = {}
        steps: list[Step] = []
        commands: tuple[str, ...] = ()
        for element, fields in FIELDS.items():
            here = self.mapping((*path, element), given.get(element, {}), (), fields)
            for field in (f for f in fields if f in here):
                at = (*path, element, field)
                if field == "steps":
                    steps = [self.step((*at, n), one, read) for n, one in enumerate(self.listed(at, here[field]))]
                    continue
                keys = self.mapping(at, here[field], ("value", "kind", "source"), ("basis",))
                if field == "commands_served":
                    commands = self.ids((*at, "value"), keys.get("value"))
                    self.known((*at, "value"), commands, self.commands, "a unified command, or all")
                    text = ", ".join(commands)
                else:
                    text = self.text((*at, "value"), keys.get("value"))
                values[field] = Value(text, *self.origin(at, keys, read))
        ratings = [
            self.rating((*path, "ratings", n), r) for n, r in enumerate(self.listed(path, given.get("ratings", [])))
        ]
        ids = (authorities, accounts, commands)
        other = row.get("other_names", "")
        return Mechanism(id_, name, other, *ids, values, tuple(steps), tuple(ratings), remembered)

    def step(self, path: KeyPath, raw: Any, read: str) -> Step:
        keys = self.mapping(path, raw, ("step", "kind", "source"), ("who", "lead_days", "lead_words", "basis"))
        lead = self.text((*path, "lead_words"), keys.get("lead_words"))
        if "lead_days" in keys:
            if lead:
                self.fault((*path, "lead_words"), "lead_days and lead_words", "one of them")
            days = keys["lead_days"]
            if isinstance(days, bool) or not isinstance(days, int) or days < 1:
                self.fault((*path, "lead_days"), show(days), "a whole number of days")
            lead = f"{days} days"
        who = self.text((*path, "who"), keys.get("who"))
        return Step(self.text((*path, "step"), keys.get("step")), who, lead, *self.origin(path, keys, read))

    def rating(self, path: KeyPath, raw: Any) -> Rating:
        keys = self.mapping(path, raw, ("by", "says", "source"), ())
        return Rating(*(self.text((*path, key), keys.get(key)) for key in ("by", "says", "source")))

    def origin(self, path: KeyPath, keys: Mapping[str, Any], read: str) -> tuple[Kind, str, str]:
        """Kind, source and basis. The word `catalogue` in front stands for the source of the program's row."""
        kind: Kind = "estimated" if keys.get("kind") == "estimated" else "sourced"
        if "kind" in keys and keys["kind"] not in KINDS:
            law = "; the steps of the law are read from the library" if keys["kind"] == "law" else ""
            self.fault((*path, "kind"), show(keys["kind"]), f"sourced or estimated{law}")
        source = self.text((*path, "source"), keys.get("source"))
        first, _, rest = source.partition("; ")
        if first == "catalogue":
            source = f"{read}; {rest}" if rest else read
        basis = self.text((*path, "basis"), keys.get("basis"))
        if kind == "estimated" and "basis" not in keys:
            self.fault(path, "an estimate without a basis", "the basis of the estimate")
        elif kind == "sourced" and "basis" in keys:
            self.fault((*path, "basis"), "a basis of what is sourced", "a basis only of an estimate")
        return kind, source, basis

    def mapping(self, path: KeyPath, raw: Any, needed: tuple[str, ...], more: tuple[str, ...]) -> Mapping[str, Any]:
        """A mapping with these keys and no other; empty where it is none."""
        if not isinstance(raw, dict):
            self.fault(path, show(raw), "a mapping")
            return {}
        for key in raw:
            if key not in (*needed, *more):
                self.fault((*path, key), f"the key '{key}'", "a key of a mechanism", nearest(key, (*needed, *more)))
        for key in needed:
            if key not in raw:
                self.fault(path, f"no {key}", f"the key {key}")
        return raw

    def text(self, path: KeyPath, raw: Any) -> str:
        if isinstance(raw, str) and raw:
            return raw
        if raw is not None:  # a missing key is a fault already
            self.fault(path, show(raw), "text")
        return ""

    def listed(self, path: KeyPath, raw: Any) -> list[Any]:
        if isinstance(raw, list):
            return raw
        self.fault(path, show(raw), "a list")
        return []

    def ids(self, path: KeyPath, raw: Any) -> tuple[str, ...]:
        return () if raw is None else tuple(self.text((*path, n), one) for n, one in enumerate(self.listed(path, raw)))

    def known(self, path: KeyPath, words: Iterable[str], choices: Iterable[str], what: str) -> None:
        allowed = list(choices)
        for word in words:
            if word and word not in allowed:
                self.fault(path, f"'{word}'", what, nearest(word, allowed))
