"""What an error of the JSON Schema validator means, said to the writer of the file."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from re import fullmatch, split
from typing import Any

from rules.faults import Fault, KeyPath, clip, nearest, show
from rules.reading import Document

_SHORT = 150
"""Longest list of allowed words, in characters, that a message spells out."""

_TYPES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
}
_YES = frozenset({"yes", "on", "y", "true"})
_NO = frozenset({"no", "off", "n", "false"})


def faults_of(errors: Iterable[Any], doc: Document) -> list[Fault]:
    """The faults that validation errors amount to. Of a key that is no name only that is said, and of a value
    of the wrong type only that."""
    located = [(_path(error), error) for error in errors]
    keys = {path for path, error in located if _of_key(error)}
    mistyped = {path for path, error in located if error.validator == "type"}
    faults: dict[Fault, None] = {}  # a set that keeps its order
    for path, error in located:
        under_bad_key = any(path[:length] in keys for length in range(1, len(path) + 1))
        if _of_key(error) or not (under_bad_key or (path in mistyped and error.validator != "type")):
            faults.update(dict.fromkeys(_SAY.get(error.validator, _other)(error, path, doc)))
    return list(faults)


def _of_key(error: Any) -> bool:
    """Whether the error is about the name of a key, not about a value."""
    return "propertyNames" in error.absolute_schema_path


def _path(error: Any) -> KeyPath:
    """Where the value at fault stands; for a bad key, the key itself."""
    path = tuple(error.absolute_path)
    return (*path, error.instance) if _of_key(error) else path


def _type(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    schema, value = error.schema, error.instance
    suggestion = _meant(value, schema)
    quoted = " in quotes" if suggestion and suggestion == value else ""
    return [Fault(doc.place(path), show(value) + quoted, _expected(schema), suggestion, "type")]


def _unknown_keys(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    allowed = list(error.schema.get("properties", {}))
    expected = _keys_of(str(error.schema.get("title", "this mapping")), ", ".join(allowed))
    faults = []
    for key in error.instance:
        if key not in allowed:
            found, near = f"the unknown key '{clip(key)}'", nearest(key, allowed)
            faults.append(Fault(doc.place((*path, key)), found, expected, near, "unknown-key"))
    return faults


def _keys_of(what: str, keys: str) -> str:
    """The keys that would do; `what` names the mapping they belong to, unless it is only a description."""
    if any(mark in what for mark in "({,"):
        return f"one of the keys {keys}"
    return f"a key of {what} ({keys})" if len(keys) <= _SHORT else f"a key of {what}"


def _missing_keys(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    known = error.schema.get("properties")
    misspelt = {nearest(key, known) for key in error.instance if key not in known} if known else set()
    faults = []
    for key in error.validator_value:
        if key in error.instance or key in misspelt:
            continue
        if known:
            says = str(known[key]["description"]).rstrip(".")
            expected = f"that key ({says[0].lower()}{says[1:]})"
        else:  # the `else` of a choice between keys: its title names the choice
            expected = str(error.schema.get("title", "that key"))
        faults.append(Fault(doc.place(path), f"no key `{key}`", expected, kind="missing-key"))
    return faults


def _missing_partners(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    faults = []
    for key, partners in error.validator_value.items():
        for partner in partners if key in error.instance else ():
            if partner not in error.instance:
                found = f"`{key}` without `{partner}`"
                faults.append(Fault(doc.place((*path, key)), found, f"`{partner}` beside it", kind="missing-key"))
    return faults


def _choice(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    if isinstance(error.instance, date) and error.schema.get("format") == "date or text":
        return []
    choices = [str(choice) for choice in error.validator_value]
    near = nearest(error.instance, choices) if isinstance(error.instance, str) else ""
    return [Fault(doc.place(path), show(error.instance), _expected(error.schema), near, "choice")]


def _form(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    word, schema = str(error.instance), error.schema
    near = nearest(word, schema.get("examples", [])) if _of_key(error) else ""
    if not near:
        parts = [part for part in split(r"[-_\s]+", word.strip().lower()) if part]
        joined = [join.join(parts) for join in "-_"]
        near = next((name for name in joined if fullmatch(error.validator_value, name)), "")
    found = f"the key '{clip(word)}'" if _of_key(error) else show(error.instance)
    return [Fault(doc.place(path), found, _expected(schema), near, "form")]


def _range(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    word = "at least" if error.validator == "minimum" else "at most"
    expected = f"{_expected(error.schema)}, {word} {error.validator_value}"
    return [Fault(doc.place(path), show(error.instance), expected, kind="range")]


def _length(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    expected = _expected(error.schema)
    if not error.instance:
        expected += " with something in it"
    return [Fault(doc.place(path), show(error.instance), expected, kind="length")]


def _repeated(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for index, value in enumerate(error.instance):
        whole = f"{type(value).__name__} {value!r}"  # unlike the value itself, it tells 1 from true
        if whole in seen:
            found = f"{show(value)} a second time"
            faults.append(Fault(doc.place((*path, index)), found, "it once in the list", kind="repeated"))
        seen.add(whole)
    return faults


def _not_together(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    keys: list[str] = error.validator_value.get("required", [])
    both = " and ".join(f"`{key}`" for key in keys)
    expected = error.validator_value.get("title", "one of them")
    return [Fault(doc.place((*path, *keys[-1:])), f"both {both}", expected, kind="together")]


def _other(error: Any, path: KeyPath, doc: Document) -> list[Fault]:
    return [Fault(doc.place(path), show(error.instance), _expected(error.schema), kind="form")]


_SAY: dict[str, Callable[[Any, KeyPath, Document], list[Fault]]] = {
    "type": _type,
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _missing_partners,
    "enum": _choice,
    "const": lambda error, path, doc: [
        Fault(doc.place(path), show(error.instance), str(error.validator_value), kind="choice")
    ],
    "pattern": _form,
    "minimum": _range,
    "maximum": _range,
    "minLength": _length,
    "minItems": _length,
    "maxItems": _length,
    "minProperties": _length,
    "maxProperties": _length,
    "uniqueItems": _repeated,
    "not": _not_together,
}


def _expected(schema: Any) -> str:
    """The phrase for what a schema wants: its title, else its types."""
    if "enum" in schema:
        choices = [str(choice) for choice in schema["enum"]]
        date_too = ", or a date" if schema.get("format") == "date or text" else ""
        return f"{'one of ' if len(choices) > 1 else ''}{', '.join(choices)}{date_too}"
    if "title" in schema:
        return str(schema["title"])
    types = schema.get("type", [])
    return (
        " or ".join(_TYPES.get(name, name) for name in ([types] if isinstance(types, str) else types))
        or "something else"
    )


def _meant(value: object, schema: Any) -> str:
    """What the writer of a value of the wrong type probably meant, as written; empty if unclear."""
    types = schema.get("type", [])
    wanted = {types} if isinstance(types, str) else set(types)
    if isinstance(value, str):
        return _text_meant(value.strip(), wanted, schema)
    if "string" in wanted and schema.get("format") != "date" and "enum" not in schema:
        if isinstance(value, bool):
            return '"true"' if value else '"false"'
        if isinstance(value, int | Decimal | date):
            return f'"{value}"'
    if "array" in wanted and isinstance(value, int | Decimal | date):
        return f"[{value}]"
    return ""


def _text_meant(word: str, wanted: set[str], schema: Any) -> str:
    if schema.get("format") == "date":
        parts = word.replace("/", "-").replace(".", "-").split("-")
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[0]) == 4:
            return "-".join([parts[0], parts[1].zfill(2), parts[2].zfill(2)])
        return ""
    if "boolean" in wanted and word.lower() in _YES | _NO:
        return "true" if word.lower() in _YES else "false"
    bare = word.lstrip("$").replace(",", "").replace("_", "").replace(" ", "")
    if wanted & {"integer", "number"} and bare.isascii() and bare.isdigit():
        return str(int(bare[:30]))
    if "array" in wanted and len(wanted) == 1 and word:
        return f"[{word}]"
    return ""
