"""Random edits of library files, and the commands run over each: none may end in a traceback.

What is edited is a slice of the shipped library: one law file with the others it names, all words, money and tables,
and two cases a file, so that every file is edited and a run stays quick. An edit is of bytes, of lines, of tokens, or
of the parsed data.
"""

from __future__ import annotations

import json
import random
import re
import signal
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import yaml
from click.testing import CliRunner

from advisor.cli import main as advisor
from authorities import _sources, loading, register
from authorities.cli import main as authorities
from authorities.linting import form
from authorities.loading import SHIPPED, Loaded, digest_of, read_contents
from rules import building
from rules.building import build_library
from rules.faults import FaultsError
from rules.reading import read_yaml
from rules.schema import validate

Contents = dict[str, bytes]
_LAW = ("authorities", "limits", "definitions")
SECONDS = 20
"""Longest time of the processor that one command may take."""

_TOKEN = re.compile(rb"[A-Za-z0-9_./-]+")
_KEY = re.compile(rb"(?m)^(\s*(?:- )?\{?)([A-Za-z_][A-Za-z_ ]*)(:)")
_NUMBER = re.compile(rb"\b\d+\b")
_DATE = re.compile(rb"\b\d{4}-\d{2}-\d{2}\b")
_ODD = (
    *(
        b"",
        b"0",
        b"-1",
        b"1",
        b"999999999999999999999",
        b"1e9",
        b"0.5",
        b"1.5",
        b"true",
        b"false",
        b"no",
        b"null",
        b"~",
    ),
    *(b"2026-02-30", b"0001-01-01", b"9999-12-31", b"1992-03-01", b"[]", b"{}", b"[[]]", b"{a: 1}", b"''", b'"x"'),
    *(b"&a", b"*a", b"!!int", b"?", b":", b"- ", b"#", b"\t", b"\x00", b"\xff", "\u202e".encode(), b"all", b"text"),
    *(b"(a)(1)-(3)", b"((", b"chapeau", b"unknown", b"element", b"date", b"fund_year", b"at most", b"any of", b"not"),
)
_VALUES: tuple[Any, ...] = ("", "x", 0, -1, 1, 10**30, True, False, [], {}, ["a"], {"a": 1}, "unknown", "all", "date")


# --- what is edited --------------------------------------------------------------------------------------------------


@cache
def library() -> Contents:
    """The shipped library with two cases a file."""
    return {name: _fewer_cases(content) for name, content in read_contents(SHIPPED).items()}


@cache
def law_files() -> tuple[str, ...]:
    """The path of every law file."""
    return tuple(sorted(path for path in library() if path.partition("/")[0] in _LAW))


@cache
def slice_with(path: str) -> Contents:
    """The small library of a law file: with it, the law files it cannot be loaded without."""
    every = library()
    law = frozenset(law_files())
    kept = {p: content for p, content in every.items() if p not in law or p == path}
    for _ in law:
        try:
            _loaded(kept)
            break
        except FaultsError as error:
            named = {n for f in error.faults for n in re.findall(r"'([a-z0-9.-]+)'", f.found)}
            wanted = {p for n in named for p in _declaring(n.partition(".")[0])}
            kept = {p: every[p] for p in every if p in kept or p in wanted}
    return kept


@cache
def _declaring(name: str) -> frozenset[str]:
    """The law files that declare a name: as its id or tag, or as that of a definition, value or bar."""
    word = re.escape(name.encode())
    said = re.compile(rb"(?m)^( *-? *id: |tags: .*[ \[,]|reaches: .*[ \[,]|  )" + word + rb"\b")
    return frozenset(p for p, text in library().items() if p.partition("/")[0] in _LAW and said.search(text))


def _fewer_cases(content: bytes) -> bytes:
    head, mark, cases = content.partition(b"\ncases:\n")
    if not mark:
        return content
    starts = [m.start() for m in re.finditer(rb"(?m)^  - ", cases)]
    return head + mark + (cases[: starts[2]] if len(starts) > 2 else cases)


# --- how it is edited ------------------------------------------------------------------------------------------------


class Editor:
    """Draws edits; the same seed and number draw the same."""

    def __init__(self, seed: int):
        self.seed = seed
        everything = b"\n".join(library().values())
        self.tokens = sorted(set(_TOKEN.findall(everything)))
        self.keys = sorted({m[2] for m in _KEY.finditer(everything)})
        self.lines = sorted({line for line in everything.split(b"\n") if line.strip()})

    def edited(self, number: int) -> tuple[Contents, str]:
        """A library with one file edited, and that file's path."""
        draw = random.Random(f"{self.seed} {number}")
        some = slice_with(draw.choice(law_files()))
        law = [p for p in some if p.partition("/")[0] in _LAW]
        path = draw.choice(law if draw.random() < 0.5 else sorted(some))
        content = some[path]
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            content = self.edit(draw, content, path)
        return {**some, path: content}, path

    def edit(self, draw: random.Random, content: bytes, path: str) -> bytes:
        """One edit of one file."""
        if not content:
            return draw.choice(self.lines)
        kinds = [self.byte, self.line, self.token, self.number, self.key]
        if path.endswith(".yaml"):
            kinds += [self.data, self.data, self.data]
        return draw.choice(kinds)(draw, content)

    def byte(self, draw: random.Random, content: bytes) -> bytes:
        """A byte flipped, put in or taken out."""
        at = draw.randrange(len(content))
        new = bytes([draw.choice((content[at] ^ 1 << draw.randrange(8), draw.randrange(256)))])
        return content[:at] + draw.choice((new, new + content[at : at + 1], b"")) + content[at + 1 :]

    def line(self, draw: random.Random, content: bytes) -> bytes:
        """A line deleted, doubled, swapped, indented, or brought from elsewhere."""
        lines = content.split(b"\n")
        i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
        match draw.randrange(6):
            case 0:
                del lines[i]
            case 1:
                lines.insert(j, lines[i])
            case 2:
                lines[i], lines[j] = lines[j], lines[i]
            case 3:
                lines[i] = b"  " + lines[i]
            case 4:
                lines[i] = lines[i].removeprefix(b"  ")
            case _:
                lines.insert(i, draw.choice(self.lines))
        return b"\n".join(lines)

    def token(self, draw: random.Random, content: bytes) -> bytes:
        """A word replaced by another word of the library, or by an odd one."""
        return self._put(draw, content, _TOKEN, draw.choice((draw.choice(self.tokens), draw.choice(_ODD))))

    def number(self, draw: random.Random, content: bytes) -> bytes:
        """A number or date moved."""
        pattern = draw.choice((_NUMBER, _DATE))
        odd = draw.choice((b"0", b"1", b"-1", b"9" * 40, b"1900-01-01", b"2100-01-01", b"1992-02-29", b"0001-01-01"))
        return self._put(draw, content, pattern, odd)

    def key(self, draw: random.Random, content: bytes) -> bytes:
        """A key renamed."""
        found = list(_KEY.finditer(content))
        if not found:
            return content
        one = draw.choice(found)
        return content[: one.start(2)] + draw.choice(self.keys) + content[one.end(2) :]

    @staticmethod
    def _put(draw: random.Random, content: bytes, pattern: re.Pattern[bytes], new: bytes) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content
        one = draw.choice(found)
        return content[: one.start()] + new + content[one.end() :]

    def data(self, draw: random.Random, content: bytes) -> bytes:
        """A value of the parsed file deleted, replaced, copied to another place, or brought from another file."""
        data = _copy(_parsed(content))
        if data is None:
            return self.token(draw, content)
        spots = list(_spots(data))
        if not spots:
            return content
        holder, key = draw.choice(spots)
        match draw.randrange(5):
            case 0:
                del holder[key]
            case 1:
                holder[key] = draw.choice(_VALUES)
            case 2:
                other, name = draw.choice(spots)
                holder[key] = _copy(other[name]) if _has(other, name) else "x"
            case 3:
                if isinstance(holder, list):
                    holder.insert(key, _copy(holder[key]))
                else:
                    holder[draw.choice(self.keys).decode()] = _copy(holder[key])
            case _:
                foreign = _parsed(library()[draw.choice([p for p in sorted(library()) if p.endswith(".yaml")])])
                other, name = draw.choice(list(_spots(foreign)))
                holder[key] = _copy(other[name])
        text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
        return text.encode("utf-8", "surrogatepass")


_Dumper: Any = type("_Dumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {})
_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


@lru_cache(maxsize=100)
def _parsed(content: bytes) -> Any:
    try:
        return read_yaml(content, "f").data
    except FaultsError:
        return None


def _spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    todo = [data]
    while todo:
        one = todo.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            yield one, key
            todo.append(one[key])


def _has(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _copy(v) for k, v in value.items()}
    return [_copy(v) for v in value] if isinstance(value, list) else value


# --- what is run -----------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What a run of edits gave: how they ended, and each crash by where it happened."""

    edits: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    crashes: dict[str, list[int]] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Take in what another run gave."""
        self.edits += other.edits
        self.ends.update(other.ends)
        for what, numbers in other.crashes.items():
            self.crashes.setdefault(what, []).extend(numbers)
            self.traces.setdefault(what, other.traces[what])

    def crash(self, what: str, number: int, error: BaseException) -> None:
        """Record a crash under its last frame of ours."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in f.filename]
        last = frames[-1] if frames else None
        at = f"{'/'.join(last.filename.split('/')[-2:])}:{last.name}" if last else "?"
        key = f"{what}: {type(error).__name__} in {at}"
        self.crashes.setdefault(key, []).append(number)
        self.traces.setdefault(key, "".join(traceback.format_exception(error))[-3_000:])


class Hang(Exception):
    """A command that takes too long."""


@contextmanager
def _in_time() -> Iterator[None]:
    def late(*_: Any) -> None:
        raise Hang(f"over {SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


_READ: dict[str, Any] = {}
_SOUND: set[int] = set()
_validate = validate


def _read(content: bytes, name: str) -> Any:
    """A document; one of the library's own is read once, and so is the edited one, by the commands in turn."""
    if content != library().get(name):
        return _edited(content, name)
    if name not in _READ:
        _READ[name] = read_yaml(content, name)
        if not _validate(_READ[name], _kind(name)):
            _SOUND.add(id(_READ[name]))
    return _READ[name]


@lru_cache(maxsize=2)
def _edited(content: bytes, name: str) -> Any:
    return read_yaml(content, name)


def _kind(name: str) -> str:
    folder = name.partition("/")[0]
    return {"authorities": "authority", "limits": "limit"}.get(folder, folder.removesuffix(".yaml"))


_SHAPE: list[Any] = []


def _valid(doc: Any, kind: str) -> Any:
    """What is wrong with the shape of a document: nothing, with the library's own."""
    if id(doc) in _SOUND:
        return ()
    if not (_SHAPE and _SHAPE[0] is doc and _SHAPE[1] == kind):
        _SHAPE[:] = [doc, kind, _validate(doc, kind)]
    return _SHAPE[2]


_CELLS: dict[str, list[dict[str, str]]] = {}
_cells = _sources._rows


def _rows(content: bytes, name: str, faults: list[Any]) -> list[dict[str, str]]:
    """The rows of a table; one of the library's own is read once."""
    if content != library().get(name):
        return _cells(content, name, faults)
    if name not in _CELLS:
        _CELLS[name] = _cells(content, name, faults)
    return _CELLS[name]


_WORDS: dict[tuple[int, ...], Any] = {}
_vocabulary = building._Building.vocabulary


def _words(self: Any) -> Any:
    """The vocabulary; made once of the library's own files."""
    some = self.sources
    documents = [*some.vocabulary, *some.accounts, *some.tables]
    parts = (*map(id, documents), *(id(rows) for rows in some.rows.values()))
    own = {id(doc) for doc in _READ.values()} | {id(rows) for rows in _CELLS.values()}
    if not own.issuperset(parts):
        return _vocabulary(self)
    if parts not in _WORDS:
        _WORDS[parts] = _vocabulary(self)
    return _WORDS[parts]


_TABLES: dict[tuple[int, int, str], Any] = {}
_table = building._Building.table


def _tabled(self: Any, id_: str, raw: Mapping[str, Any], doc: Any) -> Any:
    """A table; made once of the library's own file and rows."""
    rows = self.sources.rows[raw["file"]]
    if not (any(doc is one for one in _READ.values()) and any(rows is one for one in _CELLS.values())):
        return _table(self, id_, raw, doc)
    key = (id(doc), id(rows), id_)
    if key not in _TABLES:
        _TABLES[key] = _table(self, id_, raw, doc)
    return _TABLES[key]


_FORM: dict[tuple[str, bytes], list[Any]] = {}
_lines = form._lines


def _written(name: str, text: str) -> list[Any]:
    """What is wrong with how a file is written; one of the library's own is looked at once."""
    if text.encode() != library().get(name):
        return list(_lines(name, text))
    key = (name, library()[name])
    if key not in _FORM:
        _FORM[key] = list(_lines(name, text))
    return _FORM[key]


def _loaded(contents: Mapping[str, bytes]) -> Loaded:
    sources = _sources.read_sources(contents)
    return Loaded(build_library(sources, digest_of(contents)[:16]), _sources.raw_of(sources))


def try_edits(numbers: range, seed: int, most: int | None = None) -> Tally:
    """Edit, load, and run the commands, for each number; ``most``: no more of them, drawn at random."""
    tally = Tally()
    editor = Editor(seed)
    with (
        patch.object(_sources, "read_yaml", _read),
        patch.object(_sources, "validate", _valid),
        patch.object(register, "defects", cache(register.defects)),
        patch.object(register, "load", cache(register.load)),
        patch.object(form, "_lines", _written),
        patch.object(_sources, "_rows", _rows),
        patch.object(building._Building, "vocabulary", _words),
        patch.object(building._Building, "table", _tabled),
    ):
        for number in numbers:
            contents, path = editor.edited(number)
            tally.edits += 1
            _try(tally, number, contents, path, random.Random(number), most)
    return tally


def _try(tally: Tally, number: int, contents: Contents, path: str, draw: random.Random, most: int | None) -> None:
    loaded: Loaded | None = None
    try:
        with _in_time():
            loaded = _loaded(contents)
        tally.ends["loads"] += 1
    except FaultsError as error:
        tally.ends["refused"] += 1
        if not str(error).strip():
            tally.crash("load", number, AssertionError("faults that say nothing"))
    except Exception as error:
        tally.crash("load", number, error)
    commands = _commands(loaded, path, draw)
    for name, group, words, given in commands if most is None else draw.sample(commands, min(most, len(commands))):
        with _as_if(contents, loaded), TemporaryDirectory() as folder:
            result = None
            if name == "cover":  # it reads the files again, for the lines of what it names
                _write(contents, Path(folder))
                words = ["--library", folder, *words]
            try:
                with _in_time():
                    result = CliRunner().invoke(group, words, input=given)
            except Exception as error:
                tally.crash(name, number, error)
        if result is not None:
            ended = result.exception
            if ended is not None and not isinstance(ended, SystemExit):
                tally.crash(name, number, ended)
            tally.ends[f"{name} {result.exit_code}"] += 1
            if "implementations disagree" in result.output:
                tally.ends["disagreements"] += 1


def _write(contents: Contents, folder: Path) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@contextmanager
def _as_if(contents: Contents, loaded: Loaded | None) -> Iterator[None]:
    """The commands see the edited library; one that does not load is refused to each of them."""

    def load(*_: Any, **__: Any) -> Loaded:
        return loaded if loaded is not None else _loaded(contents)

    with patch.object(loading, "load", load), patch("authorities.linting._running.read_contents", lambda _: contents):
        yield


def _commands(loaded: Loaded | None, path: str, draw: random.Random) -> list[tuple[str, Any, list[str], str | None]]:
    """The commands to run: all of them where the library loads, else lint for one in ten."""
    out: list[tuple[str, Any, list[str], str | None]]
    lints = ("lint", authorities, ["lint", *draw.choice((["--style"], ["--json"]))], None)
    if loaded is None:
        return [lints] if draw.random() < 0.1 else []
    files = [f for f in loaded.library.files() if f.path == path] or list(loaded.library.files())
    some = draw.choice(files) if files else None
    out = [lints]
    out.append(("list", authorities, ["list", *draw.choice(([], ["--json"]))], None))
    if some is not None:
        out.append(("show", authorities, ["show", some.id, *draw.choice(([], ["--json"], ["--html", "-"]))], None))
        out.append(("test", authorities, ["test", some.id, *draw.choice(([], ["--json"]))], None))
        if draw.random() < 0.05:
            out.append(("cover", authorities, ["test", some.id, "--cover", *draw.choice(([], ["--json"]))], None))
        if draw.random() < 0.02:
            out.append(("boundary", authorities, ["boundary", some.id, *draw.choice(([], ["--json"]))], None))
        cases = [case for file in (some, *loaded.library.files()) for case in file.cases][:4]
        case = draw.choice(cases) if cases else None
        if case is not None and draw.random() < 0.5:
            proposal = json.dumps({"date": case.date, **case.given}, default=str)
            under = ["--under", some.id] if draw.random() < 0.5 else []
            out.append(("ask", advisor, ["ask", "-", "--today", "2026-11-21", *under], proposal))
    return out


__all__ = ["Editor", "Tally", "library", "try_edits"]
