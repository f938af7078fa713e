"""Classes that share their methods are as the standard frozen dataclasses."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field

import pytest

from rules._frozen import dataclass


@dataclass(frozen=True)
class Shared:
    """With the shared methods."""

    name: str
    many: tuple[int, ...] = ()
    more: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Below(Shared):
    """One that adds a field."""

    last: int = 3


@dataclasses.dataclass(frozen=True)
class Standard:
    """With its own."""

    name: str
    many: tuple[int, ...] = ()
    more: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Nothing:
    """Without fields."""


@pytest.mark.parametrize("args", [("a",), ("a", (1,)), ("a", (1,), {"b": 2})])
def test_it_is_made_and_shown_as_the_standard_is(args: tuple[object, ...]) -> None:
    one, other = Shared(*args), Standard(*args)  # type: ignore[arg-type]
    assert repr(one) == repr(other).replace("Standard", "Shared")
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert one == Shared(**dataclasses.asdict(one)) == dataclasses.replace(one)
    assert pickle.loads(pickle.dumps(one)) == one


def test_equal_ones_have_one_hash_and_other_classes_differ() -> None:
    @dataclass(frozen=True)
    class Pair:
        one: int
        other: int = 2

    assert {Pair(1), Pair(1, 2), Pair(1, 3)} == {Pair(1), Pair(1, 3)}
    assert hash(Pair(1)) == hash(Pair(1, 2))
    assert Shared("a") != Below("a")
    assert Shared("a") != Shared("b")
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert Shared("a").more is not Shared("a").more


def test_nothing_may_be_set_or_deleted() -> None:
    one = Shared("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.other = "b"  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a", (), {}, 4), {}), (("a",), {"name": "b"}), (("a",), {"colour": 1})]
)
def test_what_it_cannot_take_is_refused(args: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Shared(*args, **named)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Standard(*args, **named)  # type: ignore[arg-type]
