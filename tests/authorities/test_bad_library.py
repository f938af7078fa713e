"""Bad libraries and proposals: one mistake each, and the words its one line must contain."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from authorities.loading import load
from rules.faults import Fault, FaultsError
from rules.proposals import expand
from rules.reading import read_yaml
from rules.schema import validate

BAD = Path(__file__).parent.parent / "bad"
ENTRIES = {
    name: entry
    for name, entry in read_yaml((BAD / "expected.yaml").read_bytes(), "expected.yaml").data["files"].items()
    if entry["layer"] == "library"
}


def faults_of(name: str, entry: dict[str, Any], folder: Path) -> tuple[Fault, ...]:
    """What is said of a bad file laid over the sound library, or of a bad proposal judged against it."""
    document = read_yaml((BAD / name).read_bytes(), name)
    try:
        if entry["over"] == "proposal":
            assert not validate(document, "proposal")
            expand(load(BAD / "library/base", cache=False).library, document, today=datetime.date(2026, 3, 15))
        else:
            assert not validate(document, entry["kind"])
            shutil.copytree(BAD / "library/base", folder, dirs_exist_ok=True)
            (folder / entry["over"]).parent.mkdir(exist_ok=True)
            shutil.copy(BAD / name, folder / entry["over"])
            load(folder, cache=False)
    except FaultsError as error:
        return error.faults
    return ()


@pytest.mark.parametrize("name", ENTRIES)
def test_one_mistake_gives_one_clear_line(name: str, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    faults = faults_of(name, entry, tmp_path)
    lines = "\n".join(fault.render() for fault in faults)
    assert len(faults) == entry.get("faults", 1), lines
    for words in entry["words"]:
        assert words in lines


def test_the_library_under_the_bad_files_is_sound() -> None:
    assert load(BAD / "library/base", cache=False).library.authorities


def test_a_folder_nobody_knows_is_named(tmp_path: Path) -> None:
    shutil.copytree(BAD / "library/base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/x.yaml").write_text("language: 1\n", encoding="utf-8")
    with pytest.raises(FaultsError, match="found the folder 'other'"):
        load(tmp_path, cache=False)


def test_a_column_that_is_not_in_the_table_is_named(tmp_path: Path) -> None:
    shutil.copytree(BAD / "library/base", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "tables/tables.yaml").read_text(encoding="utf-8")
    assert "value: " in text
    first = next(line for line in text.splitlines() if line.strip().startswith("value: "))
    (tmp_path / "tables/tables.yaml").write_text(text.replace(first, "    value: nowhere"), encoding="utf-8")
    with pytest.raises(FaultsError, match="found the column 'nowhere'"):
        load(tmp_path, cache=False)
