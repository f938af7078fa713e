"""A provision's content in one form, whatever its layout; and what it leans on by name, each in the same form.

The form is plain data for canonical JSON: the fields of `rules.provisions` and `rules.conditions` by name, those that
have their default left out (so that a field added to the language later changes no hash), whatever is in no order put
in one. Names of classes and fields are part of the form: renaming one makes every sign-off stale.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from rules import conditions as c
from rules.library import Library
from rules.provisions import Definition, Duty, LawFile, Provision

_PLACE = frozenset({"id", "file", "line"})
"""Fields that say where a provision stands, not what it says."""
_HEADING = ("kind", "statute", "holder", "tags", "reach", "reach_except", "notwithstanding", "but_not")
"""What a file says of all its provisions at once: whose law it is, what it reaches, what reaches it."""


def hashed(form: Any) -> str:
    """`sha256:` and the hash of plain data as canonical JSON."""
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + sha256(text.encode("utf-8")).hexdigest()


def normal(value: Any) -> Any:
    """A value of the language as plain data, in its one form."""
    if isinstance(value, c.AllOf | c.AnyOf):
        parts = list(_flat(value, type(value)))
        if len(parts) == 1:
            return normal(parts[0])
        return {"is": type(value).__name__, "parts": _ordered(normal(part) for part in parts)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **_fields(value)}
    if isinstance(value, Mapping):
        return {str(key): normal(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return _ordered(normal(one) for one in value)
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for one in dataclasses.fields(value):
        found = getattr(value, one.name)
        if (one.name in _PLACE and isinstance(value, Provision)) or found == _default(one):
            continue
        out[one.name] = normal(found)
    if isinstance(value, c.Bounded):  # which day is which is the order they stand in
        out["bounds"] = _ordered([word, _operand(operand)] for word, operand in value.bounds)
    return out


def _operand(operand: Any) -> Any:
    return [normal(one) for one in operand] if isinstance(operand, tuple) else normal(operand)


def _default(one: Any) -> Any:
    if one.default is not dataclasses.MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not dataclasses.MISSING else dataclasses.MISSING


def _flat(whole: c.Condition, kind: type[Any]) -> Iterator[c.Condition]:
    """The parts of an `all of` (or `any of`), those inside a part of the same kind too."""
    for part in c.parts_of(whole):
        if isinstance(part, kind):
            yield from _flat(part, kind)
        else:
            yield part


def _ordered(forms: Iterable[Any]) -> list[Any]:
    return sorted(forms, key=lambda form: json.dumps(form, sort_keys=True, ensure_ascii=False))


def provision_hash(some: Iterable[Provision]) -> str:
    """The hash of a provision: of all that share its id, where a definition is put otherwise for other days."""
    return hashed(normal(tuple(some)))


def leaned_on(library: Library, file: LawFile, some: Iterable[Provision]) -> dict[str, str]:
    """What provisions of a file rest on by name, each with its hash, those that they lean on in turn too.

    Names: the file's id (its heading), `file.definition`, `file.grant`, `file.values.name`, `acts.id`,
    `questions.id`.  Terms and facts are the vocabulary's, a bar or limit defeated or asked about has its own sign-off.
    """
    found: dict[str, str] = {file.id: hashed({key: normal(getattr(file, key)) for key in _HEADING})}
    waiting = [(file, one) for one in some]
    while waiting:
        home, provision = waiting.pop()
        for name, form in _named(library, home, provision):
            found[name] = hashed(normal(form))
        for other, definition in _followed(library, home, provision):
            name = f"{other.id}.{definition.id}"
            if name not in found:
                alike = tuple(one for one in other.provisions() if one.id == definition.id)
                found[name] = provision_hash(alike)
                waiting += [(other, one) for one in alike]
    return dict(sorted(found.items()))


def conditions_of(provision: Provision) -> Iterator[c.Condition]:
    """Every condition of a provision and every part of it."""
    whole = [provision.when, *(getattr(provision, key, None) for key in ("unless", "inside", "outside"))]
    if isinstance(provision, Duty):
        whole += [content.when for content in provision.contents]
    for one in whole:
        if one is not None:
            yield from c.walk(one)


def values_of(value: Any) -> Iterator[c.ValueRef]:
    """Every dated value that a provision, or a part of one, uses by name."""
    if isinstance(value, c.ValueRef):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from values_of(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from values_of(getattr(value, field.name))


def _named(library: Library, file: LawFile, provision: Provision) -> Iterator[tuple[str, Any]]:
    """Values, acts and questions a provision names."""
    for ref in values_of(provision):
        home = file if ref.file is None else file_of(library, ref.file)
        if home is not None and ref.name in home.values:
            yield f"{home.id}.values.{ref.name}", home.values[ref.name]
    acts = [provision.act] if isinstance(provision, Duty) else []
    questions = [provision.otherwise] if isinstance(provision, Definition) and provision.otherwise else []
    for one in conditions_of(provision):
        if isinstance(one, c.ActDone):
            acts.append(one.id)
        elif isinstance(one, c.Question):
            questions.append(one.id)
    for act in acts:
        if act in library.vocabulary.acts:
            yield f"acts.{act}", library.vocabulary.acts[act]
    for question in questions:
        if question in library.questions:
            yield f"questions.{question}", library.questions[question].words


def _followed(library: Library, file: LawFile, provision: Provision) -> Iterator[tuple[LawFile, Provision]]:
    """Definitions and grants a provision names, with the file that holds each: its own first, as the engine reads."""
    for one in conditions_of(provision):
        if isinstance(one, c.GrantHolds):
            yield from ((file, grant) for grant in file.grants if grant.id == one.id)
        for name in one.names if isinstance(one, c.Satisfies) else ():
            own = any(definition.id == name for definition in file.definitions)
            for home in (file,) if own else library.definitions.values():
                yield from ((home, definition) for definition in home.definitions if definition.id == name)


def file_of(library: Library, id_: str) -> LawFile | None:
    """The law file with this id, if there is one; no other is opened."""
    for kind in (library.authorities, library.limits, library.definitions):
        if id_ in kind:
            return kind[id_]
    return None
