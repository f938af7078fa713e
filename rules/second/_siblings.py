"""What the lines of one proposal count together under a cap."""

from collections.abc import Sequence

from rules.second import _facts as facts
from rules.second import _findings as findings
from rules.second import _letters as letters
from rules.second import _provisions as provisions
from rules.second._case import UNKNOWN, Case
from rules.second._plain import Doc

# (file, cap or group) -> fact -> what a line counts: once, however many caps of a group count it.
Counts = dict[tuple[str, str], dict[str, int]]


def share(cases: Sequence[Case], asked: str | None) -> None:
    """Tells every line what the others count under each cap; for a limit `asked` alone, whatever it reaches."""
    if len(cases) < 2:
        return
    counted = [counts(case, asked) for case in cases]
    for case in cases:
        others: dict[tuple[str, str], int] = {}
        for doc in case.library.capped:
            for entry in doc["caps"]:
                others[doc["id"], entry["id"]] = sum(
                    sum(count.get((doc["id"], entry.get("group", entry["id"])), {}).values())
                    for other, count in zip(cases, counted, strict=True)
                    if other is not case and together(entry.get("per"), case, other)
                )
        case.cap_others = others


def counts(case: Case, asked: str | None) -> Counts:
    """What a line counts under the caps that may concern it: neither the cap's `when` nor the grants are false."""
    found: Counts = {}
    for doc in case.library.capped:
        if doc is not case.library.limits.get(asked or "") and not _granted(case, doc):
            continue
        for entry in doc["caps"]:
            scope = provisions.cap_scope(case, entry, doc)
            value = facts.sought(case, entry["counts"], case.day_of(entry))
            if scope is not None and scope.letter != letters.F and not isinstance(value, facts.Missing):
                found.setdefault((doc["id"], entry.get("group", entry["id"])), {})[entry["counts"]] = value
    return found


def _granted(case: Case, doc: Doc) -> bool:
    """Whether the authority's grants, or for a limit those of an authority it reaches, are not false."""
    if doc["id"] in case.library.authorities:
        return not findings.shut(case, doc["id"]) and findings.granted(case, doc).letter != letters.F
    authorities = case.library.authorities
    some = (authorities[name] for name in authorities if not findings.shut(case, name))
    return any(
        findings.granted(case, authority).letter != letters.F
        and any(limit is doc for limit, _ in findings.reaching(case, authority))
        for authority in some
    )


def together(per: str | None, one: Case, other: Case) -> bool:
    """Whether two lines of one proposal are added under a cap `per` this."""
    match per:
        case "activity":
            return True
        case "project":
            project = one.stated("project")[0]
            return project not in (None, UNKNOWN) and project == other.stated("project")[0]
        case "authority-year":
            return one.fiscal_year() == other.fiscal_year()
        case "country-year":
            same = one.stated("partner")[0] == other.stated("partner")[0]
            return same and one.fiscal_year() == other.fiscal_year()
    return False
