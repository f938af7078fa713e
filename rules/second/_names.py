"""What a planner may write for a fact, a question, an act or a term: its id, name or synonym in any common spelling."""

from collections.abc import Mapping

from rules.second._errors import SecondOpinionError
from rules.second._plain import Doc, listed
from rules.second._taxonomy import Taxonomy

FACT, QUESTION = "fact", "question"


def spelled(text: object) -> str:
    """A spelling without regard to case, spaces, underscores and hyphens: words in small letters with hyphens."""
    return "-".join(str(text).casefold().replace("_", " ").replace("-", " ").split())


class Names:
    """The spellings of one library."""

    def __init__(
        self,
        facts: Mapping[str, Doc],
        questions: Mapping[str, Doc],
        acts: Mapping[str, Doc],
        terms: Mapping[str, Doc],
        taxonomy: Taxonomy,
    ) -> None:
        self._vocabulary, self._taxonomy = terms, taxonomy
        self._keys: dict[str, tuple[str, str]] = {}
        for fact in facts:
            self._keys[spelled(fact)] = (FACT, fact)
        for question in questions:
            self._keys.setdefault(spelled(question), (QUESTION, question))
        for fact, fields in facts.items():
            for synonym in listed(fields.get("synonyms")):
                self._keys.setdefault(spelled(synonym), (FACT, fact))
        self._acts = {spelled(act): act for act in acts}
        self._terms: dict[str | None, dict[str, str]] = {}

    def key(self, written: str) -> tuple[str, str]:
        """(`fact` or `question`, its id) for a key of a proposal."""
        found = self._keys.get(spelled(written))
        if found is None:
            raise SecondOpinionError(f"{written!r} is no fact or question of the library")
        return found

    def act(self, written: str) -> str:
        """The id of an act."""
        found = self._acts.get(spelled(written))
        if found is None:
            raise SecondOpinionError(f"{written!r} is no act of the library")
        return found

    def term(self, fact: str, declared: Doc, written: object) -> str:
        """The id of a term that may be the value of a fact."""
        found = self._below(declared.get("of")).get(spelled(written))
        if found is None:
            raise SecondOpinionError(f"{fact}: {written!r} is no term that it may be")
        return found

    def _below(self, root: str | None) -> dict[str, str]:
        """Spelling -> term, for a term and all below it (None: all there are); ids first, synonyms last."""
        if root not in self._terms:
            known = self._vocabulary if root is None else self._taxonomy.descendants(root)
            fields = {term: one or {} for term, one in self._vocabulary.items() if term in known}
            found = {spelled(term): term for term in fields}
            for term, one in fields.items():
                found.setdefault(spelled(one.get("name", term)), term)
            for term, one in fields.items():
                for synonym in listed(one.get("synonyms")):
                    found.setdefault(spelled(synonym), term)
            self._terms[root] = found
        return self._terms[root]
