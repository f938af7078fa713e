"""From letters to a verdict, twice: as rules for the forward chain, and plainly, to check what fired."""

from typing import NamedTuple

from rules.second import _letters as letters
from rules.second._letters import C, F, P, S, T

PERMITTED, CONDITIONAL, NEEDS_FACTS = "permitted", "conditional", "needs facts"
NEEDS_COUNSEL, PROHIBITED, NO_AUTHORITY = "needs counsel", "prohibited", "no authority"
ORDER = (PERMITTED, CONDITIONAL, NEEDS_FACTS, NEEDS_COUNSEL, PROHIBITED, NO_AUTHORITY)
LAWFUL = (PERMITTED, CONDITIONAL)
NONE = "no verdict"
"""Of letters that contradict each other: no rule says it, so a chain that fires is a mismatch."""
YES, NO = "y", "n"
UNSETTLED = {C: NEEDS_COUNSEL, P: NEEDS_FACTS, S: CONDITIONAL}
AUTHORITY, ALONE = "authority", "alone"


class Standing(NamedTuple):
    """What decides a verdict. `kind`: an authority, or a limit or fund alone (then only `bars` counts)."""

    kind: str
    in_force: bool
    grants: str
    bars: str
    money: str
    asked: bool
    due: bool

    def flat(self) -> dict[str, str]:
        """As a fact of short strings for the forward chain."""
        truth = {True: YES, False: NO}
        return {
            "of": self.kind,
            "force": truth[self.in_force],
            "grants": self.grants,
            "bars": self.bars,
            "money": self.money,
            "asked": truth[self.asked],
            "due": truth[self.due],
        }


# A rule: its name (the trace), its tests (property, letter or flag, whether equal), its verdict.
Rule = tuple[str, tuple[tuple[str, str, bool], ...], str]


def rules() -> list[Rule]:
    """The generic rules; exactly one fires for any standing."""
    its = ("of", AUTHORITY, True), ("force", YES, True)
    failing = (*its, ("grants", F, True))
    alive = (*its, ("grants", F, False), ("bars", T, False))
    open_ = (*alive, ("money", T, False))
    sure = (*its, ("grants", T, True), ("bars", F, True), ("money", F, True))
    found: list[Rule] = [
        ("no grant is in force", (its[0], ("force", NO, True)), NO_AUTHORITY),
        ("a bar is true, and no grant is known to fail", (*its, ("bars", T, True), ("grants", F, False)), PROHIBITED),
        ("asked about, and a bar is true", (*failing, ("bars", T, True), ("asked", YES, True)), PROHIBITED),
        ("asked about, and every grant fails", (*failing, ("bars", T, False), ("asked", YES, True)), NO_AUTHORITY),
        ("every grant fails", (*failing, ("asked", NO, True)), NO_AUTHORITY),
        ("a cap or the money bars it", (*alive, ("money", T, True)), PROHIBITED),
        ("all is settled, something is due first", (*sure, ("due", YES, True)), CONDITIONAL),
        ("all is settled", (*sure, ("due", NO, True)), PERMITTED),
    ]
    names = ("grants", "bars", "money")
    for at, letter in enumerate((C, P, S)):
        for here, name in enumerate(names):
            graver = [(other, worse, False) for other in names for worse in (C, P, S)[:at]]
            first = [(other, letter, False) for other in names[:here]]
            tests = (*open_, *graver, *first, (name, letter, True))
            found.append((f"the gravest unknown is {letter}, in the {name}", tests, UNSETTLED[letter]))
    alone = ("of", ALONE, True)
    for letter, verdict in (
        (T, PROHIBITED),
        (F, PERMITTED),
        (C, NEEDS_COUNSEL),
        (P, NEEDS_FACTS),
        (S, CONDITIONAL),
    ):
        found.append((f"asked alone, its bars are {letter}", (alone, ("bars", letter, True)), verdict))
    return found


def plainly(standing: Standing) -> str:
    """The verdict of section 6, as it is written there."""
    grants, bars, money = standing.grants, standing.bars, standing.money
    if standing.kind == ALONE:
        return {T: PROHIBITED, F: PERMITTED, **UNSETTLED}[bars]
    if not standing.in_force:
        return NO_AUTHORITY
    if bars == T and (grants != F or standing.asked):
        return PROHIBITED
    if grants == F:
        return NO_AUTHORITY
    if money == T:
        return PROHIBITED
    lawful = letters.combine(letters.AND, True, [grants, letters.flip(bars), letters.flip(money)])
    if lawful == T:
        return CONDITIONAL if standing.due else PERMITTED
    return UNSETTLED.get(lawful, NONE)
