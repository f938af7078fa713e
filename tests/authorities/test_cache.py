"""The cache can only save time: absent, stale, corrupt, read-only or shared, the answer is the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from authorities import _cache, _index, loading
from authorities.loading import SHIPPED, load


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "authority-advisor"


def small(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(Path(__file__).parent.parent / "bad/library/base", folder)
    return folder


def test_a_second_load_comes_from_the_cache_and_is_equal(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    first = load(folder)
    kept = sorted(path.name for path in cache.iterdir())
    assert len(kept) == 2
    again = load(folder)
    assert again.raw == first.raw
    assert again.library.digest == first.library.digest
    assert sorted(path.name for path in cache.iterdir()) == kept


def test_a_changed_library_is_never_answered_from_an_old_cache(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    first = load(folder)
    path = next((folder / "authorities").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert load(folder).library.digest != first.library.digest
    assert len(list(cache.iterdir())) == 4


def test_a_corrupt_file_is_passed_over_and_written_anew(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    load(folder)
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-10] + b"corrupted!")
    assert load(folder).library.authorities
    assert all(_cache.get(path.name.rsplit("-", 1)[0]) is not None for path in cache.iterdir())


def test_a_folder_others_may_write_is_not_trusted(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    load(folder)
    name = next(cache.iterdir()).name.rsplit("-", 1)[0]
    assert _cache.get(name) is not None
    cache.chmod(0o777)
    assert _cache.get(name) is None
    assert load(folder).library.authorities


def test_where_no_cache_can_be_written_the_library_still_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load(small(tmp_path)).library.authorities


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    script = "from authorities.loading import load; print(len(load().library.authorities))"
    running = [
        subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = {process.communicate()[0].strip() for process in running}
    assert said == {str(len(load(SHIPPED).library.authorities))}
    assert not list((tmp_path / "cache").rglob("tmp*"))


def test_a_library_left_alone_is_known_without_reading_it(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_index, "_SETTLED", 0)
    folder = small(tmp_path)
    first = load(folder)
    monkeypatch.setattr(loading, "read_contents", lambda _: pytest.fail("the files were read"))
    assert load(folder).library.digest == first.library.digest


def test_a_file_changed_behind_its_time_and_size_is_read(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_index, "_SETTLED", 0)
    folder = small(tmp_path)
    path = next((folder / "authorities").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# one\n", encoding="utf-8")
    before, first = path.stat(), load(folder)
    path.write_text(path.read_text(encoding="utf-8").replace("# one", "# two"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert load(folder).library.digest != first.library.digest


def test_what_was_changed_a_moment_ago_is_read_each_time(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    load(folder)
    assert _index.stamp(folder, [path.name for path in folder.glob("*.yaml")]) == ""
    assert not list(cache.glob("*-index-*"))
