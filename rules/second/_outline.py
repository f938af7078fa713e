"""What one needs of an authority's file before reading it: the kinds of support its grants name, and its caps."""

from typing import Any, NamedTuple

from rules.second._plain import Doc, listed


class Outline(NamedTuple):
    """`elements`: every kind of support that any grant could cover, None where some grant does not say plainly.

    `capped`: whether the file has caps.
    """

    elements: tuple[str, ...] | None
    capped: bool


def outline(doc: Doc) -> Outline:
    """The outline of a parsed file."""
    named: set[str] = set()
    plain = True
    for grant in listed(doc.get("grants")):
        said = _elements((grant.get("when") or {}).get("element"), doc)
        plain = plain and said is not None
        named.update(said or ())
    return Outline(tuple(sorted(named)) if plain else None, bool(doc.get("caps")))


def _elements(test: Any, doc: Doc) -> list[str] | None:
    """The terms a test names on some day; None for one that is absent, or whose words may be missing on some day."""
    if not isinstance(test, dict):
        return listed(test) or None
    states = listed((doc.get("values") or {}).get(test.get("value")))
    if not states or any("until" in state or "fund_years" in state for state in states):
        return None
    return [term for state in states for key in ("is", "adds") for term in listed(state.get(key))]
