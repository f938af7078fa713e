"""Examples, interpretations and open questions in a memo, as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authorities.memo.blocks import Block, Cell, Heading, Items, Para, Run, Table, cell
from authorities.memo.model import Memo, Section, Unsettled
from authorities.memo.naming import anchor, name
from authorities.memo.phrases import capital, case_of
from authorities.showing._lives import day_words

STATES = {"open": "Open: nobody has answered it.", "lapsed": "Lapsed: the last answer ended with its fiscal year."}


def examples(memo: Memo, one: Section) -> Iterator[Block]:
    """What fits, and under it what nearly does."""
    answers = {
        "permitted": "Fits",
        "conditional": "Fits, once the steps before it are done",
        "needs counsel": "Hangs on counsel",
    }
    rows = []
    for told in one.examples:
        says = answers.get(told.verdict, "Does not fit")
        when = "" if memo.first <= told.day <= memo.last else f"Judged for {day_words(told.day)}, under the same rules."
        facts = Items(tuple((((Run(capital(fact)),)), ()) for fact in told.facts))
        lead = f"As “{told.beside}”, but:" if told.beside and told.facts else ""
        body = cell(Para((Run(capital(told.name), "strong"),)), lead, facts if told.facts else "", when)
        outside = "Outside of: " if told.verdict == "no authority" else ""
        why = Items(tuple(((Run(outside + gist), Run(f" {cite}", "soft")), ()) for cite, gist in told.because))
        rows.append((cell(says, Para((Run(told.verdict, "soft"),))), body, cell(why if told.because else "")))
    if rows:
        heads = ("Answer", "Example", "Because of")
        yield Table("Confirmed cases, each judged by the rules", heads, (18, 46, 36), tuple(rows))


def answers(some: Sequence[Unsettled]) -> Iterator[Block]:
    """What counsel has answered for the year."""
    rows = []
    for one in some:
        for given in one.answers if one.state == "answered" else ():
            years = ", ".join(map(str, given.years))
            said = cell(Para((Run("Yes" if given.answer else "No", "strong"),)))
            scope = case_of(given.scope, "Only where ") or cell("In every case.")
            source = cell(given.office, f"{given.memo}, {day_words(given.dated)}", f"fiscal years {years}")
            rows.append((_asked(one), (*said, *scope), source))
    if rows:
        heads = ("Question", "Answer", "Office and memo")
        yield Table(
            "Interpretations, which narrow or settle the statute and never widen it", heads, (45, 30, 25), tuple(rows)
        )


def open_questions(some: Sequence[Unsettled]) -> Iterator[Block]:
    """What is unsettled, with who decides."""
    rows = []
    for one in some:
        if one.state != "answered":
            state = [
                STATES[one.state],
                *(
                    f"It was {'yes' if g.answer else 'no'}: {g.office}, {g.memo}, {day_words(g.dated)}"
                    for g in one.answers
                ),
            ]
            positions = Items(tuple(((Run(says), Run(f" {source}", "soft")), ()) for says, source in one.positions))
            rows.append((_asked(one), (*cell(*state, positions if one.positions else ""),), cell(one.owner)))
    if rows:
        heads = ("Question", "State and positions", "Who decides")
        yield Table("Questions of law that nobody has settled for the year", heads, (32, 46, 22), tuple(rows))


def _asked(one: Unsettled) -> Cell:
    return cell(
        f"“{one.words}”", Para((Run(one.cite, "cite"),)), f"Turns on it: {one.turns_on}", Para((Run(one.id, "soft"),))
    )


def owners(memo: Memo) -> Iterator[Block]:
    """The open questions of the whole memo by the office that decides."""
    found: dict[str, dict[str, set[str]]] = {}
    for one in memo.everything:
        for question in one.questions:
            if question.state != "answered":
                found.setdefault(question.owner, {}).setdefault(question.id, set()).add(anchor(one))
    if not found:
        return
    names = {anchor(one): name(one) for one in memo.everything}
    yield Heading(2, "Open questions by office", "offices")
    rows = []
    for office, asked in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        where = [key for key in names if any(key in some for some in asked.values())]
        runs = tuple(Run(names[key] + ("; " if key != where[-1] else ""), "", key) for key in where)
        rows.append((cell(office), cell(str(len(asked))), (Para(runs),)))
    yield Table("Who has how many, and where", ("Office", "Open", "Where they are asked"), (34, 8, 58), tuple(rows))
