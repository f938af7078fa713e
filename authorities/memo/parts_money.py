"""Money in a memo, as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from authorities.memo.blocks import Block, Cell, Items, Para, Run, Table, bullets, cell, para
from authorities.memo.model import Memo, Section
from authorities.memo.model_money import Code, Paying, Purse
from authorities.memo.phrases import capital, case_of, sourced
from authorities.showing._lives import day_words


def last_words(day: date | None) -> str:
    """A last day, or that none is known."""
    return day_words(day) if day is not None else "no end known"


def money(some: Sequence[Paying]) -> Iterator[Block]:
    """The rules on money."""
    rows = []
    for one in some:
        terms = [capital(f"{term}.") for term in one.terms]
        what = Para((Run(f"{capital(one.verb)}: ", "strong"), Run("; ".join(named for _, named in one.accounts))))
        rows.append(((what, *cell(*terms), *case_of(one.when, "Only where ")), sourced(one.statement)))
    if rows:
        yield Table("Which money may pay", ("Money", "Rule and cite"), (50, 50), tuple(rows))


def purse(memo: Memo, one: Section) -> Iterator[Block]:
    """The rules, the accounts with the year's money, and the program codes."""
    yield from money(one.money)
    rows = []
    for held in one.purses:
        purpose = held.purpose if held.purpose_source == "" else f"{held.purpose} ({held.purpose_source})"
        what = cell(
            Para((Run(capital(held.name), "strong"),)),
            f"Owner: {held.owner}. Period: {held.period}.",
            Para((Run(f"Purpose: {purpose}", "soft"),)),
            *(Para((Run(f"Fiscal year {memo.year}: {text}", "soft"),)) for text in held.sums),
        )
        rows.append((what, _years(held)))
    if rows:
        heads = ("Account", f"Money that can be obligated in fiscal year {memo.year}")
        yield Table("The accounts", heads, (45, 55), tuple(rows))
    if one.money:
        yield _codes(memo, one.codes)


def _years(held: Purse) -> Cell:
    if not held.years:
        return cell("Unknown." if held.period == "unknown" else "No last day: the money stays until spent.")
    out: list[Para | Items] = []
    for year in held.years:
        out.append(
            Para(
                (
                    Run(f"{year.year} money: ", "strong"),
                    Run(
                        f"new obligations {day_words(year.opens)} through {last_words(year.last_day)}; old bills through {last_words(year.closes)}."
                    ),
                    Run(f" {capital(year.source)}.", "soft"),
                )
            )
        )
        if year.parts:
            out.append(bullets((Run(capital(part)),) for part in year.parts))
    return tuple(out)


def _codes(memo: Memo, codes: Sequence[Code]) -> Para:
    said = [f"{one.code}, {one.program}, money of fiscal year {one.years} ({one.source})" for one in codes]
    if codes and codes[0].current:
        return para(Run("Program codes: ", "strong"), "; ".join(said) + ".")
    newest = f" The newest read here: {'; '.join(said)}." if codes else ""
    return para(
        Run("Program codes: ", "strong"), f"unknown for money that can be obligated in fiscal year {memo.year}.{newest}"
    )
