"""Letters: the truth of a condition on one line, and how letters combine.

`T` true, `F` false; unknown and whose: `P` planner or table, `C` counsel, `S` staff. A condition is read
towards a goal (true or false); the letters then stand in one order, worst first: opposite, C, P, S, goal.
"""

from collections.abc import Collection, Iterable

T, F, P, C, S = "T", "F", "P", "C", "S"
AND, OR = "and", "or"
TOWARDS_TRUE = (F, C, P, S, T)
TOWARDS_FALSE = (T, C, P, S, F)
SUPPLIERS = {"planner": P, "table": P, "counsel": C, "staff": S}


def order(goal: bool) -> tuple[str, ...]:
    """The five letters, from the opposite of the goal to the goal."""
    return TOWARDS_TRUE if goal else TOWARDS_FALSE


def of(truth: bool) -> str:
    """The letter of a settled truth."""
    return T if truth else F


def flip(letter: str) -> str:
    """The letter of the negation: true and false change places, an unknown keeps its supplier."""
    return {T: F, F: T}.get(letter, letter)


def takes_least(op: str, goal: bool) -> bool:
    """Whether `op` takes the letter farthest from the goal: `and` hoped true, `or` hoped false."""
    return (op == AND) == goal


def deciding(op: str, goal: bool) -> tuple[str, ...]:
    """The five letters, the one first that decides `op` wherever it stands."""
    return order(goal) if takes_least(op, goal) else order(goal)[::-1]


def combine(op: str, goal: bool, letters: Collection[str]) -> str:
    """The letter of `and` or `or` over `letters`; an empty `and` is true, an empty `or` false."""
    for letter in deciding(op, goal):
        if letter in letters:
            return letter
    return of(op == AND)


def agree(goal: bool, letters: Iterable[str]) -> str:
    """The letter when it is unknown which of `letters` applies: theirs if they agree, else an unknown."""
    found = set(letters)
    if len(found) == 1:
        return found.pop()
    unknown = [letter for letter in found if letter not in (T, F)]
    return min([*unknown, P], key=order(goal).index)
