"""What came of comparing two editions, to be read by a lawyer, or as data."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from authorities.proving.comparing import Comparison

_WIDTH = 110
ORDER = (
    "Lawful (permitted, conditional) is looser than undetermined (needs facts, needs counsel), and that is looser than not "
    "lawful (prohibited, no authority)."
)
OVER = (
    "Compared: the verdict on every proposal of one line that both editions can read, the authority asked by name, whatever "
    "is said in it, unsaid or unknown, on every day of the years 1000 to 4999 and as known on every day."
)
_SAYS = {
    "equal": "equal (proved)",
    "looser": "looser: some proposals come out better in {b}, none worse",
    "stricter": "stricter: some proposals come out worse in {b}, none better",
    "incomparable": "incomparable: some proposals come out better in {b}, others worse",
    "shifted": "neither looser nor stricter, but some proposals get another verdict of the same rank in {b}",
    "not compared": "not compared",
    "not proved": "not proved: the solver gave up on {n} questions",
    "added": "only in {b}",
    "removed": "only in {a}",
}
CLEAN = ("equal",)


def counts(found: Sequence[Comparison]) -> dict[str, int]:
    """How many authorities came out each way."""
    tally = Counter(one.relation for one in found)
    return {name: tally[name] for name in _SAYS if tally[name]}


def is_clean(found: Sequence[Comparison]) -> bool:
    """Whether every authority is proved equal."""
    return all(one.relation in CLEAN for one in found)


def rendered(found: Sequence[Comparison], names: tuple[str, str], *, every: bool) -> str:
    """The whole report. ``every``: the equal ones too, each on a line."""
    out = [_wrapped(OVER), _wrapped(ORDER), ""]
    for one in found:
        if every or one.relation != "equal" or one.not_compared:
            out += _one(one, names)
    tally = ", ".join(f"{n} {name}" for name, n in counts(found).items())
    out.append(f"{len(found)} {'authority' if len(found) == 1 else 'authorities'}: {tally or 'none'}.")
    return "\n".join(out) + "\n"


def _one(one: Comparison, names: tuple[str, str]) -> Iterator[str]:
    a, b = names
    says = _SAYS[one.relation].format(a=a, b=b, n=one.gave_up)
    if one.identical:
        says = "equal: both editions give it the same words"
    yield _wrapped(f"{one.id}: {says}.")
    for what in one.not_compared:
        yield _wrapped(f"  not compared: {what}.")
    for witness in one.witnesses.values():
        yield f"  {witness.before.upper()} in {a}, {witness.after.upper()} in {b}; to paste under `cases:` of {one.id}:"
        yield witness.yaml()
        yield ""


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def as_data(found: Sequence[Comparison], names: tuple[str, str]) -> dict[str, Any]:
    """The report as JSON data."""
    return {
        "editions": list(names),
        "compared": OVER,
        "order": ORDER,
        "authorities": [
            {
                "id": one.id,
                "relation": one.relation,
                "same_words": one.identical,
                "not_compared": one.not_compared,
                "witnesses": [
                    {"kind": kind, "before": w.before, "after": w.after, "yaml": w.yaml()}
                    for kind, w in one.witnesses.items()
                ],
            }
            for one in found
        ],
        "counts": counts(found),
    }
