"""What a leaf tests, as values: which facts, with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import FunctionType
from typing import Any

from rules import nodes

Tested = nodes.FactLeaf | nodes.Computed


def identity(thing: Any) -> Any:
    """What a test is, told by its code and what it holds: two tests made alike are the same."""
    if isinstance(thing, FunctionType):
        held = tuple(identity(cell.cell_contents) for cell in thing.__closure__ or ())
        return (thing.__code__, held)
    try:
        hash(thing)
    except TypeError:
        return id(thing)
    return thing


def test_of(leaf: Tested) -> Any:
    """What a leaf tests, as a value, whatever it is hoped to be."""
    if isinstance(leaf, nodes.FactLeaf):
        return (leaf.fact, leaf.on, leaf.kind, leaf.operand)
    return (leaf.name, leaf.facts, identity(leaf.test))


def read(leaf: Tested) -> tuple[str, ...]:
    """The facts a leaf reads."""
    return (leaf.fact,) if isinstance(leaf, nodes.FactLeaf) else leaf.facts


def _held(leaf: Tested) -> Iterator[Any]:
    """What a leaf compares with."""
    if isinstance(leaf, nodes.FactLeaf):
        yield from _flat(leaf.operand)
    else:
        for cell in leaf.test.__closure__ or ():
            yield from _flat(cell.cell_contents)


def _flat(thing: Any) -> Iterator[Any]:
    if isinstance(thing, tuple):
        for one in thing:
            yield from _flat(one)
    else:
        yield thing


def numbers(leaf: Tested) -> list[int]:
    """The whole numbers a leaf compares with."""
    return [one for one in _held(leaf) if isinstance(one, int) and not isinstance(one, bool)]


def dates(leaf: Tested) -> list[date]:
    """The days a leaf compares with."""
    return [one for one in _held(leaf) if isinstance(one, date) and one.year > 1]
