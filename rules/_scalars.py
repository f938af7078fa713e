"""What one unquoted word means: a boolean, a whole number, a decimal, a date, or text; or why it is refused.

What YAML 1.1 and 1.2 (or two readers of either) would read differently is refused with the way out, except
`yes`, `no`, `on` and `off` in any letter case, which are always text.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.faults import clip

Scalar = str | bool | int | Decimal | date

MOST_DIGITS = 18
"""Longest number read, in digits."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_START = frozenset("+-.0123456789")

# Words that some reader of YAML takes for a number, with what to call them.
_REFUSED = (
    (re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+"), "a number with an exponent"),
    (re.compile(r"[-+]?0[xX][0-9a-fA-F_]+"), "a hexadecimal number"),
    (re.compile(r"[-+]?0[oO][0-7_]+"), "an octal number"),
    (re.compile(r"[-+]?0[bB][01_]+"), "a binary number"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a value that is not a number"),
    (re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number in base 60 or a time of day"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?"), "a number with underscores"),
    (re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), "a number with commas"),
    (re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?"), "a number with a leading zero"),
    (re.compile(r"\+(?:[0-9]+\.?[0-9]*|\.[0-9]+)"), "a number with a plus sign"),
    (re.compile(r"[-+]?(?:[0-9]+\.|\.[0-9]+)"), "a number that begins or ends with its point"),
)
_PLAIN_NUMBER = "plain digits such as 900000, or text in quotes"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a word is not read; the fields are those of a Fault."""

    found: str
    expected: str
    suggestion: str = ""
    kind: str = "number"


def resolve(word: str) -> Scalar | Refusal:
    """The value of an unquoted word."""
    if word in _NULL:
        found = f"'{word}' (no value)" if word else "no value"
        return Refusal(found, "a value (leave the key out where there is none)", kind="no-value")
    if word == "true":
        return True
    if word == "false":
        return False
    if word[0] not in _NUMBER_START:
        return word
    if _INTEGER.fullmatch(word) or _DECIMAL.fullmatch(word):
        return _number(word)
    if _DATE.fullmatch(word):
        return day(word)
    for pattern, name in _REFUSED:
        if pattern.fullmatch(word):
            return Refusal(f"{name}, {clip(word, 40)}", _PLAIN_NUMBER, _without_joins(word))
    return word


def day(word: str) -> date | Refusal:
    """The date written `YYYY-MM-DD`, if there is such a day."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return Refusal(f"{word}, a day that does not exist", "a date such as 2026-03-15", kind="date")


def is_day(word: str) -> bool:
    """Whether the word is written as a date, possible or not."""
    return _DATE.fullmatch(word) is not None


def _number(word: str) -> int | Decimal | Refusal:
    if len(word) > MOST_DIGITS + 2:
        return Refusal(f"a number of {len(word)} characters", f"at most {MOST_DIGITS} digits")
    return Decimal(word) if "." in word else int(word)


def _without_joins(word: str) -> str:
    bare = word.replace("_", "").replace(",", "")
    return bare if bare != word and _INTEGER.fullmatch(bare) else ""
