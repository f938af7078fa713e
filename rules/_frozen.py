"""Frozen dataclasses that share their methods.

A standard frozen dataclass writes and compiles six methods for each class, every time a program starts: of the forty
classes of a library that is a tenth of a short command. Here every class has the same few, which read its fields.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")


def _init(self: Any, *given: Any, **named: Any) -> None:
    fields = self.__dataclass_fields__
    values = dict(zip(fields, given, strict=False))
    twice = values.keys() & named.keys()
    if len(given) > len(fields) or twice or not named.keys() <= fields.keys():
        raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}, each once")
    values.update(named)
    missing = []
    for name in fields.keys() - values.keys():
        one = fields[name]
        if one.default_factory is not dataclasses.MISSING:
            values[name] = one.default_factory()
        elif one.default is dataclasses.MISSING:
            missing.append(name)
    if missing:
        raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(missing))}")
    self.__dict__.update(values)  # a plain default stays on the class


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({said})"


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return bool(self._values(self) == self._values(other))


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _shared(cls: type[T]) -> type[T]:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    names = tuple(made.__dataclass_fields__)
    made._values = staticmethod(attrgetter(*names) if names else lambda one: ())
    made.__init__, made.__repr__, made.__eq__, made.__hash__ = _init, _repr, _equal, _hash
    made.__setattr__, made.__delattr__ = _set, _delete
    kept: type[T] = made
    return kept


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool) -> Callable[[type[T]], type[T]]:
        """As :func:`dataclasses.dataclass`, for a class that is frozen and has no slots."""
        assert frozen
        return _shared
