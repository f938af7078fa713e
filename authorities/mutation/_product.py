"""All combinations of some axes as lines of a batch: which lines have which value of an axis, as bits."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod


class Product:
    """Every combination of the values of some axes, of the sizes given; the last axis turns fastest."""

    def __init__(self, sizes: Sequence[int]):
        self.sizes = tuple(sizes)
        self.count = prod(self.sizes)
        self.full = (1 << self.count) - 1
        self._masks: dict[tuple[int, int], int] = {}
        self.blocks = [prod(self.sizes[i + 1 :]) for i in range(len(self.sizes))]

    def mask(self, axis: int, value: int) -> int:
        """The lines where an axis has a value."""
        known = self._masks.get((axis, value))
        if known is None:
            block = self.blocks[axis]
            period = block * self.sizes[axis]
            one = ((1 << block) - 1) << (value * block)
            known = self._masks[axis, value] = tiled(one, period, self.count // period)
        return known

    def decode(self, line: int) -> tuple[int, ...]:
        """The value of each axis on a line."""
        return tuple(line // block % size for block, size in zip(self.blocks, self.sizes, strict=True))

    def nearest(self, lines: int) -> int | None:
        """Of some lines, the first with the fewest axes away from their first value."""
        layers = [self.full]
        for axis, size in enumerate(self.sizes):
            if size > 1:
                own = self.mask(axis, 0)
                away = self.full & ~own
                layers = [
                    (layers[k] & own if k < len(layers) else 0) | (layers[k - 1] & away if k else 0)
                    for k in range(len(layers) + 1)
                ]
        for layer in layers:
            found = layer & lines
            if found:
                return (found & -found).bit_length() - 1
        return None


def tiled(piece: int, width: int, times: int) -> int:
    """A piece of some bits' width laid end to end."""
    out = laid = 0
    copies = 1
    while times:
        if times & 1:
            out |= piece << (laid * width)
            laid += copies
        piece |= piece << (copies * width)
        copies *= 2
        times >>= 1
    return out
