"""The paragraph record, and the comparison of words that ignores everything but letters and digits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_PLACE_HOLDER = re.compile(
    r"^\[?,?\s*(?:(?:to |and )?\(\w+\)[\s,]*)*(Repealed|Omitted|Transferred|Reserved|Redesignated)(?:[.\]]|$)"
)
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One unit of a section: its own words, without its heading and without the units under it.

    `designation` is `(a)(1)(A)`; empty for text that stands directly under the section before any
    enumerated unit; `(a)(1) flush` (at section level `flush`) for text that goes on after enumerated units,
    `(a)(1) flush 2` for the second such passage.  `line` is the line of the source where it begins.
    """

    designation: str
    words: str
    line: int


def normalise(words: str) -> str:
    """The words in lower case, letters and digits only, single spaces between.

    Quotation marks, dashes, case, white space and the section sign differ from source to source and so never count.
    """
    return " ".join(WORD.findall(words.lower()))


def fingerprint(words: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the normalised words."""
    return hashlib.sha256(normalise(words).encode("utf-8")).hexdigest()[:16]


def is_place_holder(words: str) -> bool:
    """Whether the words only say that a unit was repealed, omitted or the like."""
    return bool(_PLACE_HOLDER.match(words))


def flush_name(parent: str, number: int) -> str:
    """The designation of the numbered flush passage under `parent` (empty for the section)."""
    name = f"{parent} flush" if parent else "flush"
    return name if number == 1 else f"{name} {number}"


def distinct(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The same paragraphs with every designation used once.

    The Code does carry two units of one number ("So in original"); the second is named `(g) [2]`.
    """
    seen: dict[str, int] = {}
    result: list[Paragraph] = []
    for paragraph in paragraphs:
        count = seen.get(paragraph.designation, 0) + 1
        seen[paragraph.designation] = count
        if count > 1:
            paragraph = replace(paragraph, designation=f"{paragraph.designation} [{count}]")
        result.append(paragraph)
    return tuple(result)
