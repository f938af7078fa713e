"""Checks a document against the JSON Schema of its kind; every finding is a clear fault with its place.

The schemas (`rules/schemas/*.json`, draft 2020-12) settle keys and plain types; what words mean (facts,
terms, dates that belong together) is checked elsewhere. They use no `oneOf` and no `anyOf`, so each error
says one thing. Two notes on them: a schema's `title` is the phrase a message uses for what was expected, and
the format `date or text` is ours, for places where either may stand.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from json import loads
from re import fullmatch
from typing import Any

from rules._schema_words import faults_of
from rules.faults import Fault
from rules.reading import Document

KINDS = (
    "authority",
    "limit",
    "definitions",
    "accounts",
    "questions",
    "interpretations",
    "vocabulary",
    "tables",
    "laws",
    "library",
    "proposal",
    "answer",
    "lint-exclusions",
    "reviews",
)
"""What a document can be checked as; each has a schema of that name."""


def validate(doc: Document, kind: str) -> tuple[Fault, ...]:
    """All that is wrong with a document of this kind (one of KINDS), in the order of its lines."""
    faults = faults_of(_validator(kind).iter_errors(doc.data), doc)
    return tuple(sorted(faults, key=lambda fault: fault.place.line or 0))


def schema_of(name: str) -> dict[str, Any]:
    """A schema as data: one of KINDS, or `common`."""
    text = (files("rules") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = loads(text)
    return schema


@cache
def _validator(kind: str) -> Any:
    # jsonschema takes a while to import, and a run whose cache is fresh never needs it.
    from jsonschema import Draft202012Validator, validators

    if kind not in KINDS:
        raise ValueError(f"no schema for {kind}; there are {', '.join(KINDS)}")
    extend: Any = validators.extend
    plain = Draft202012Validator.VALIDATORS["type"]
    checker: Any = extend(Draft202012Validator, {"type": _type(plain), "pattern": _pattern})
    return checker(_linked(schema_of(kind), schema_of("common")["$defs"]))


def _linked(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    """The schema with each reference replaced by the part of `common.json` it names (so parts may hold
    themselves): following references as addresses takes longer than all the rest. The nearer description
    stands."""
    references: list[tuple[dict[str, Any], str, dict[str, Any]]] = []

    def link(node: Any) -> Any:
        if isinstance(node, list):
            return [link(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            target: dict[str, Any] = {}
            references.append((target, node["$ref"].rpartition("/")[2], node))
            return target
        return {key: link(value) for key, value in node.items()}

    linked = link(schema)
    whole = {name: link(part) for name, part in parts.items()}
    for target, name, node in references:
        target.update(whole[name])
        target.update((key, value) for key, value in node.items() if key != "$ref")
    return linked


def _pattern(validator: Any, pattern: str, instance: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    """The keyword `pattern`, of the whole text: Python's `$` would let a last line break pass."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not fullmatch(pattern, instance):
        yield ValidationError("text of another form")


def _type(plain: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The keyword `type`, knowing that a date is written as text but is not one."""

    def check(validator: Any, types: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
        from jsonschema import ValidationError

        form = schema.get("format")
        if isinstance(instance, date):
            if form not in ("date", "date or text"):
                yield ValidationError("a date where text belongs")
        elif isinstance(instance, str) and form == "date":
            yield ValidationError("text where a date belongs")
        else:
            yield from plain(validator, types, instance, schema) or ()

    return check
