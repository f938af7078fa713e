"""A memo laid out: the same headings, paragraphs and tables for every form it is written in."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.memo import parts, parts_asked, parts_limits, parts_money, parts_steps
from authorities.memo.blocks import Block, Facts, Heading, Page, Para, Run, Table, cell, para
from authorities.memo.model import LimitSection, Memo, Section
from authorities.memo.naming import act, anchor, day_of, label, name
from authorities.notice import ADVICE
from authorities.showing._lives import day_words

FEW = 4
"""Up to so many authorities, the contents name the parts of each."""
SHORT = 45
"""The longest name, in characters, that the contents of many authorities give whole."""
QUIET = f"{ADVICE} The statute’s own words decide."


def lay_out(memo: Memo) -> Page:
    """The document."""
    blocks: list[Block] = []
    if len(memo.sections) > 1:
        blocks += _overview(memo)
    for section in memo.sections:
        blocks += _section(memo, section)
    if memo.limits:
        text = "Laws that reach these authorities" if len(memo.sections) > 1 else "Laws that reach this authority"
        blocks.append(Heading(2, text, "limits"))
        blocks.append(para("Each is told once here; the part on an authority says why it is reached."))
        for limit in memo.limits:
            blocks += _limit(memo, limit)
    if len(memo.sections) > 1:
        blocks += parts_asked.owners(memo)
    contents = tuple(_contents(memo, [one for one in blocks if isinstance(one, Heading)]))
    subtitle = f"Fiscal year {memo.year}: {day_words(memo.first)} through {day_words(memo.last)}"
    return Page(
        "Interpretations of security cooperation authorities",
        subtitle,
        tuple(_lead(memo)),
        contents,
        tuple(blocks),
        QUIET,
    )


def _contents(memo: Memo, heads: list[Heading]) -> Iterator[Heading]:
    """The parts; of few authorities the parts of each too, of many the short name of each."""
    if len(memo.sections) <= FEW:
        yield from (one for one in heads if not one.anchor.startswith("limit-"))
        return
    labels = {anchor(one): name(one) if len(name(one)) <= SHORT else label(one) for one in memo.sections}
    yield from (one._replace(text=labels.get(one.anchor, one.text)) for one in heads if one.level == 2)


def _lead(memo: Memo) -> Iterator[Block]:
    through = memo.known_through
    read = (
        f"Law is known through {day_words(through)}." if through else "Through which day the law was read is unknown."
    )
    if through is not None and through < memo.first:
        read += (
            f" No act of fiscal year {memo.year} was read: this is the law as it stood, and money is assumed to go on."
        )
    elif through is not None and through < memo.last:
        read += " What was enacted later is not here."
    if memo.lists_through is not None:
        read += f" Lists are known through {day_words(memo.lists_through)} or later."
    yield para(Run(read, "strong"), f" As known on {day_words(memo.today)}. Edition {memo.edition}. {QUIET}")
    yield para(
        "Each statement carries its cite. Sentences paraphrase; the rules behind them were read against the text unless marked "
        "“secondary”. What no source says is “unknown”. A question marked open is nobody’s answer yet: ask the office named."
    )


# --- many authorities ---------------------------------------------------------------------------------------------
def _overview(memo: Memo) -> Iterator[Block]:
    yield Heading(2, f"What changed in fiscal year {memo.year}", "changes")
    found: dict[tuple[object, str], list[Section | LimitSection]] = {}
    for one in memo.everything:
        for change in one.changes:
            found.setdefault((change.day, change.law), []).append(one)
    rows = []
    for (day, law), some in sorted(found.items(), key=lambda pair: (str(pair[0][0]), pair[0][1])):
        runs = [Run(f"{name(one)}; " if one is not some[-1] else name(one), "", anchor(one)) for one in some]
        enacted = next((c.enacted for one in some for c in one.changes if (c.day, c.law) == (day, law)), None)
        rows.append((cell(day_of(day)), cell(act(law, enacted)), (Para(tuple(runs)),)))
    heads = ("From", "By", "What it touches")
    if rows:
        yield Table(
            "Every change of the year that these authorities, or laws that reach them, went through",
            heads,
            (15, 25, 60),
            tuple(rows),
        )
    else:
        yield para("The library records no change in the year.")
    yield Heading(2, "The authorities at a glance", "glance")
    glances = [
        (
            cell(Para((Run(name(one), "", anchor(one)),)), one.title),
            cell(one.in_force),
            cell("; ".join(dict.fromkeys(day_words(c.day) for c in one.changes)) or "no change"),
            cell(parts.longest_wait(one)),
            cell(parts.unsettled_count(one)),
        )
        for one in memo.sections
    ]
    heads5 = ("Authority", "In force", f"Changed in FY{memo.year}", "Longest wait", "Questions")
    yield Table("One row an authority", heads5, (34, 26, 14, 14, 12), tuple(glances))


# --- one authority ------------------------------------------------------------------------------------------------
def _section(memo: Memo, one: Section) -> Iterator[Block]:
    yield Heading(2, f"{name(one)}: {one.title}", anchor(one))
    yield Facts("At a glance", tuple(parts.glance(memo, one)))

    def under(text: str, name: str, blocks: Iterator[Block], nothing: str = "") -> Iterator[Block]:
        made = list(blocks)
        if made or nothing:
            yield Heading(3, text, f"{anchor(one)}-{name}")
            yield from made or [para(nothing)]

    yield from under(
        f"What changed in fiscal year {memo.year}",
        "changed",
        parts.changed(one.changes),
        "Nothing that the library records.",
    )
    yield from under("What ends, and when", "ends", parts.ends(one.endings))
    if not one.live:
        yield from under("What it allowed", "may", parts.may(one))
        yield from under("The money it had", "money", parts_money.money(one.money))
        return
    yield from under("What it may do, and with whom", "may", parts.may(one))
    yield from under(
        "What it may not do",
        "may-not",
        parts.may_not(one.may_not),
        "The section itself forbids nothing; other laws do, see below.",
    )
    yield from under(
        "Who approves or acts first",
        "steps",
        parts_steps.approvals(one.steps),
        "The section names no approval before the activity.",
    )
    yield from under(
        "Notices, waits and reports", "notices", parts_steps.notices(one.steps), "The section asks for none."
    )
    yield from under("Caps", "caps", parts.caps(one.ceilings), "The section sets none.")
    nothing = "No rule of the library names an account for it: which money pays is unknown."
    yield from under("Money and codes", "money", parts_money.purse(memo, one), nothing)
    yield from under(
        "Examples that fit, and that do not",
        "examples",
        parts_asked.examples(memo, one),
        "No confirmed case stands under the rules of this year.",
    )
    yield from under(
        "Counsel’s interpretations in force",
        "answers",
        parts_asked.answers(one.questions),
        "None is recorded for this year.",
    )
    yield from under("Open questions", "questions", parts_asked.open_questions(one.questions), "None.")
    yield from under("Other laws that reach it", "reached", parts.reached(one))


def _limit(memo: Memo, one: LimitSection) -> Iterator[Block]:
    yield Heading(3, f"{one.statute}: {one.title}", anchor(one))
    yield from parts_limits.limit(one)
