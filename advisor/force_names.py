"""A force by the name a planner gives it: its full name, its abbreviation, or its name with or without the country's.

Letter case, accents, punctuation and plurals do not matter. The country's adjective is known by its beginning
(``Kenyan``) or from ``force_terms.yaml``, and only where no other country's name is nearer (``Nigerian`` is not Niger).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from unicodedata import combining, normalize

from authorities.forces import Force, forces, forces_of, words
from authorities.home import kept
from rules.faults import nearest
from rules.vocabulary import Vocabulary

_SHARED = 4
"""The fewest first letters that an adjective shares with its country."""
_LOST = 2
"""The most last letters of a country's name that its adjective lacks."""

Tokens = tuple[str, ...]


class Names:
    """The forces by name on a day. ``countries``: the term above every country."""

    def __init__(self, vocabulary: Vocabulary, countries: str = "country"):
        self.vocabulary, self.countries = vocabulary, vocabulary.taxonomy.below[countries] - {countries}
        self._owners: dict[str, frozenset[str]] = {}

    def of(self, word: str, country: str, day: date) -> tuple[Force, ...]:
        """The forces of a country that a word names on a day: one, several it may mean, or none."""
        listed = forces_of(country, day)
        said = tokens(word)
        bare = self._bare(said, country)
        ways: list[tuple[Tokens, Callable[[Tokens], Tokens]]] = [
            (said, lambda name: name),
            (bare, lambda name: self._bare(name, country)),
            (_spared(bare), lambda name: _spared(self._bare(name, country))),
        ]
        for wanted, fold in ways:
            found = tuple(f for f in listed if wanted and any(fold(name) == wanted for name in _names(f)))
            if found:
                return found
        return ()

    def anywhere(self, word: str, day: date) -> tuple[Force, ...]:
        """The forces of all countries that a word names: by the whole name, or by a country's full name before or after it."""
        said = tokens(word)
        whole = {f.country for f in forces() if f.country in self.countries and said in _names(f)}
        named = [
            (len(name), country)
            for country, names in self._country_names.items()
            for name in names
            if len(said) > len(name) and name in (said[: len(name)], said[-len(name) :])
        ]
        longest = {country for length, country in named if length == max(named)[0]}
        return tuple(f for country in sorted(whole or longest) for f in self.of(word, country, day))

    def near(self, word: str, countries: Iterable[str], day: date) -> str:
        """The name most like a word among the forces of some countries (none given: of all)."""
        chosen = sorted(countries)
        listed = [f for country in chosen for f in forces_of(country, day)] if chosen else list(forces())
        return nearest(word, {f.name for f in listed})

    def _bare(self, said: Tokens, country: str) -> Tokens:
        """The words without the country's own."""
        return tuple(one for one in said if country not in self._owned(one))

    def _owned(self, word: str) -> frozenset[str]:
        """The countries whose name or adjective a word is; of several, the nearest."""
        if word not in self._owners:
            whole = {country for country, own in self._words.items() if word in own}
            self._owners[word] = frozenset(whole or self._by_beginning(word))
        return self._owners[word]

    def _by_beginning(self, word: str) -> set[str]:
        best: dict[str, int] = {}
        for country in self.countries:
            for own in tokens(self.vocabulary.terms[country].name):
                shared = _beginning(word, own)
                if own in self._words[country] and shared >= max(_SHARED, len(own) - _LOST):
                    best[country] = max(shared, best.get(country, 0))
        return {country for country, shared in best.items() if shared == max(best.values())}

    @cached_property
    def _country_names(self) -> Mapping[str, tuple[Tokens, ...]]:
        out = {}
        for country in self.countries:
            term = self.vocabulary.terms[country]
            out[country] = tuple(filter(None, map(tokens, (term.name, *term.synonyms))))
        return out

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        """The words of each country's names and its adjectives, but those that tell no country from another."""
        data = words().data
        plain = {*data["state_words"], *data["idle_words"]}
        return {
            country: frozenset({*data["adjectives"].get(country, ()), *(w for name in names for w in name)} - plain)
            for country, names in self._country_names.items()
        }


@kept
def tokens(name: str) -> Tokens:
    """The words of a name as compared: small letters without accents or final s, without those that tell nothing."""
    plain = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    plain = re.sub(r"['\u2019\u2018.]", "", plain)
    idle = words().data["idle_words"]
    return tuple(_singular(one) for one in re.findall(r"[^\W_]+", plain) if one not in idle)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _spared(said: Tokens) -> Tokens:
    return tuple(one for one in said if one not in words().data["spare_words"])


def _names(force: Force) -> Sequence[Tokens]:
    """The names of a force: as listed, its abbreviation, and what stands before and in parentheses."""
    head, _, rest = force.name.partition("(")
    said = (force.name, force.abbreviation, head, rest.partition(")")[0] if rest else "")
    return [one for one in map(tokens, said) if one]


def _beginning(one: str, other: str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
