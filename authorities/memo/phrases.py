"""Statements and conditions as cells of a table."""

from __future__ import annotations

from collections.abc import Sequence

from authorities.memo.blocks import Cell, Inline, Items, Para, Run, cell, plain
from authorities.memo.model_money import Statement
from authorities.showing._phrases import Phrase, flat


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def sourced(one: Statement, bare: bool = False) -> Cell:
    """What a statement says (unless ``bare``), its cite, since when, and on what basis where it is not the text."""
    place = Para((Run(one.cite, "cite"), Run(f"; {one.life}", "soft")))
    mark = Para((Run(capital(one.mark), "soft"),)) if one.mark else ""
    return cell("" if bare else one.says, place, mark)


def phrased(some: Sequence[Phrase]) -> Cell:
    """Conditions that must all hold, one paragraph each; alternatives as lists."""
    return tuple(part for one in some for part in case_of(one, ""))


def case_of(one: Phrase | None, lead: str) -> Cell:
    """A condition after some words, as a sentence or with a list."""
    if one is None:
        return ()
    if not one.parts:
        return cell(f"{capital(lead + one.text)}.")
    items: tuple[tuple[Inline, tuple[Inline, ...]], ...] = tuple(
        (plain(part.text), tuple(plain(flat(inner)) for inner in part.parts)) for part in one.parts
    )
    return (Para(plain(f"{capital(lead + one.text)}:")), Items(items))
