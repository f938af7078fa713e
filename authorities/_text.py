"""Cutting the plain-text files into lines with their enumerators, headings and words apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from authorities._words import is_place_holder, normalise

_NOTES = "--- notes ---"
_MARK = re.compile(r"\[?\(([0-9]{1,3}[A-Za-z]?|[a-z]{1,5}|[A-Z]{1,5})\)\s*")
_DASH_HEADING = re.compile(r"^([^—]{1,400}?)\s*\.\s*(?:—|--)\s*(.*)$")
# A heading that ends in "etc." looks like the end of a sentence; sources run it into the words.
_ETC_HEADING = re.compile(r"^([A-Z][^.;:—]{1,200}, etc\.)\s+(?=[A-Z])(.*)$")
# How a sentence begins that leads to a list; no heading of the Code does.
_OPENER = re.compile(r"^(In this|For (the )?purposes|Any|The|An?|Each|Such|Not later|Except|Subject to|With respect)\b")
_PROVIDED = re.compile(r"^\s*Pub\. L\..*?provided(?: that)?:\s*")
_VERB = re.compile(
    r"\b(shall|may|must|will|is|are|was|were|has|have|means|mean|includes?|provides?|does|do|should|would|if)\b"
)
_LEFT_OPEN = re.compile(r"\b(the|of|to|that|if|by|for|and|or|in|on|with|following|unless|as|an?|under|when)$")
_FOOTNOTE = re.compile(
    r"\s?(\d{1,2}) ?\1 ?(?:So in original\.|See [^.]*? note[s]? below\.)"
    r"(?: (?:Probably|The|There|No|Should|Another|Two|Period|Comma|Closing)\b[^.]*\.(?: \d+\)?\.)?)?(?=\W|$)"
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What other releases of the section tell about this one.

    A source that does not mark where a heading, a footnote or flush text begins or ends can only be read with
    the help of one that does.  A heading is the enumerator before it and its normalised words; a flush passage
    is its designation and normalised words.
    """

    headings: frozenset[tuple[str, str]] = frozenset()
    footnotes: frozenset[str] = frozenset()
    flushes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, indent, enumerators in order, heading (if it has one) and the other words.

    `headed` is the enumerator the heading follows: not always the last, `(a) Heading.—(1) Words`.
    """

    number: int
    indent: int
    marks: tuple[str, ...]
    headed: str
    heading: str
    words: str


def body(text: str, skip: int) -> list[tuple[int, str]]:
    """The numbered, non-empty lines of statutory text, after `skip` lines at the top."""
    lines = list(enumerate(text.splitlines(), 1))[skip:]
    for index, (_, line) in enumerate(lines):
        if line.startswith((_NOTES, "status:", "source:")):
            lines = lines[:index]
            break
    for index in range(1, len(lines)):
        # What stands after the source credit is notes, though some releases set the line for notes lower.
        if _is_credit(lines[index][1]) and not lines[index - 1][1].strip():
            lines = lines[:index]
            break
    return [(number, line) for number, line in lines if line.strip() and line.strip() != "[partial]"]


def _is_credit(line: str) -> bool:
    """Whether a line that follows an empty one is the source credit: parentheses that are no enumerator."""
    return line.startswith("(") and not _MARK.match(line)


def unquoted(numbered: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines of a note without what only a note has: `Pub. L. ..., provided that:`, the quotation mark
    before every unit, and the editors' bracketed remarks."""
    result: list[tuple[int, str]] = []
    for number, line in numbered:
        words = _PROVIDED.sub("", line)
        if words.strip() and not re.fullmatch(r"\s*\[(?!\().*\]\s*", words):
            result.append((number, re.sub(r"^(\s*)[“\"]+", r"\1", words)))
    return result


def footnotes(text: str) -> Iterator[str]:
    """The texts of the footnotes that a file lists after its notes line."""
    _, _, notes = text.partition("## Footnotes")
    for line in notes.splitlines()[1:]:
        if line.startswith(("==", "##")):
            return
        found = re.match(r"^\W*\d+\W*\s(.*\S)", line)
        if found:
            yield found.group(1)


def without_footnotes(words: str, known: Iterable[str]) -> str:
    """The words without footnotes that a source ran into them.

    Some sources print number (doubled) and note; some only the number, after punctuation or a double space.
    """
    for note in sorted(known, key=lambda note: (-len(note), note)):
        words = re.sub(r"\s?\b(\d{1,2})(?: ?\1)? ?" + re.escape(note), "", words)
    words = _FOOTNOTE.sub("", words)
    words = re.sub(r"(?<=[,;.:”’\")])\s?\b\d{1,2}(?=$| [a-z(—])(?! of\b)", "", words) if known else words
    return re.sub(r"\s{2,}\d{1,2}(?=\s|$)", "", words)


def _marks(words: str) -> tuple[tuple[str, ...], str]:
    """The enumerators a line begins with, and the rest of it."""
    marks: list[str] = []
    while found := _MARK.match(words):
        # `[(2) , (3) Repealed` is one place-holder for two units; the first number stands for both.
        marks.append(found.group(1))
        words = words[found.end() :]
    return tuple(marks), words


def _heading_alone(mark: str, words: str, following: str | None, form: _Form) -> bool:
    """Whether a unit's line, not known from elsewhere, holds only its heading."""
    if not words or words.endswith((";", ",", ":", "—", "; and", "; or")) or following is None:
        return False
    if is_place_holder(words) or len(words) > 400 or _LEFT_OPEN.search(words):
        return False
    enumerated = _MARK.match(following)
    if enumerated and enumerated.group(1) not in _children(mark):
        return False
    if words.endswith("etc."):
        return not enumerated
    if words.endswith("."):
        # Only a source without indents leaves the full stop of a heading before its dash.
        return not form.indents and not _VERB.search(words) and not _OPENER.match(words)
    if not enumerated:
        return following[:1].isupper() or following[:1] in '“"[('
    if form.dashes:
        return True
    rest = following[enumerated.end() :]
    return rest[:1].isupper() and not _VERB.search(words) and not _OPENER.match(words)


def _children(mark: str) -> tuple[str, ...]:
    """The enumerators that may open the units under a unit of this enumerator."""
    if mark[0].isdigit():
        return ("A", "i", "a")
    return ("1", "i", "I") if mark.isupper() else ("1", "A", "I")


@dataclass(frozen=True, slots=True)
class _Form:
    """What a text keeps of its lay-out: indents; the dashes that lead to lists."""

    indents: bool
    dashes: bool


def _form(numbered: Sequence[tuple[int, str]]) -> _Form:
    indents = any(text.startswith(" ") for _, text in numbered)
    return _Form(indents, any(text.rstrip().endswith("—") for _, text in numbered))


def is_full_form(numbered: Sequence[tuple[int, str]]) -> bool:
    """Whether the text keeps indents, or the dashes that lead to lists."""
    form = _form(numbered)
    return form.indents or form.dashes


def lines_of(numbered: Sequence[tuple[int, str]], hints: Hints) -> list[Line]:
    """The lines with enumerators, headings and words apart."""
    # A source that keeps dashes ends what leads to a list with one, so a line without any mark is a heading.
    form = _form(numbered)
    result: list[Line] = []
    # One source prints a subsection's heading again inside it; letters that are also numerals do recur.
    seen: set[tuple[str, str]] = set()
    for index, (number, text) in enumerate(numbered):
        words = without_footnotes(text.strip(), hints.footnotes)
        indent = len(text) - len(text.lstrip(" "))
        marks, words = _marks(words)
        heading, headed = "", marks[-1] if marks else ""
        if marks:
            following = numbered[index + 1][1].strip() if index + 1 < len(numbered) else None
            found = _DASH_HEADING.match(words) or _ETC_HEADING.match(words)
            if found:
                heading, words = found.group(1), found.group(2)
                more, words = _marks(words)
                marks += more
            elif (headed, normalise(words)) in hints.headings or _heading_alone(headed, words, following, form):
                heading, words = words, ""
            else:
                known = (heading for mark, heading in hints.headings if mark == headed)
                heading, words = _split_known(words, known)
            if heading and words.isdigit():
                words = ""  # the number of a footnote to the heading
            if not words and not form.indents and (headed, heading) in seen:
                continue
            if re.fullmatch("[a-hj-uwyz]", headed):
                seen.add((headed, heading))
        result.append(Line(number, indent, marks, headed, heading, words))
    return result


def _split_known(words: str, headings: Iterable[str]) -> tuple[str, str]:
    """A heading known from another release that runs straight into the words, and the words."""
    plain = normalise(words)
    for heading in sorted(headings, key=lambda heading: (-len(heading), heading)):
        # One word may well begin a sentence; only a longer heading is told apart safely.
        if heading.count(" ") >= 2 and plain.startswith(heading + " "):
            found = re.match(r"\W*" + r"\W+".join(map(re.escape, heading.split())) + r"\W*\s", words, re.IGNORECASE)
            if found and words[found.end() :][:1].isupper():
                return words[: found.end()].strip(), words[found.end() :]
    return "", words
