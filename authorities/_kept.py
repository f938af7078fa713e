"""Files and tables kept packed, each unpacked when first asked for: most questions open few of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from typing import Any

from rules.doors import Kept, Outline, outline
from rules.provisions import LawFile


class Packed:
    """Values by id, pickled one by one. The pickles are made by this program and kept in one checked cache file."""

    def __init__(self, values: Mapping[str, Any]):
        self._packed = {id_: pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL) for id_, value in values.items()}
        self._open: dict[str, Any] = {}

    def get(self, id_: str) -> Any:
        """The value, unpacked once. Raises KeyError."""
        value = self._open.get(id_)
        if value is None:
            value = self._open[id_] = pickle.loads(self._packed[id_])
        return value

    def __contains__(self, id_: object) -> bool:
        return id_ in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __reduce__(self) -> tuple[Any, ...]:
        return _packed, (self._packed,)


def _packed(content: dict[str, bytes]) -> Packed:
    made = Packed({})
    made._packed = content
    return made


class KeptValues(Mapping[str, Any]):
    """Values of any kind by id: parsed files, tables, terms."""

    def __init__(self, values: Mapping[str, Any]):
        self._values = Packed(values)

    def __getitem__(self, id_: str) -> Any:
        return self._values.get(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class KeptFiles(Kept):
    """Compiled files, with what must be known of each before it is opened."""

    def __init__(self, files: Mapping[str, LawFile]):
        self._files = Packed(files)
        self._outlines = {id_: outline(file) for id_, file in files.items()}

    def outlines(self) -> Mapping[str, Outline]:
        """Every file's outline."""
        return self._outlines

    def __contains__(self, id_: object) -> bool:
        return id_ in self._files

    def __getitem__(self, id_: str) -> LawFile:
        file: LawFile = self._files.get(id_)
        return file

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
