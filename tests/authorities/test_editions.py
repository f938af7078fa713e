"""An edition is one file that tells what it holds, says when it was touched, and answers as the library did."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from authorities.cli import main
from authorities.editions.archive import MOST_BYTES, packed, unpacked
from authorities.editions.opening import opened
from authorities.home import INSTALLED, home
from authorities.organizations import organizations
from tests.support.harbor import WORKS, WORLD

WORKS_FILE = "library/authorities/harbor-works.yaml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def library(folder: Path) -> Path:
    shutil.copytree(WORLD, folder)
    (folder / "authorities/harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def freeze(folder: Path, *words: object) -> Result:
    return run("--library", folder, "freeze", "FY1996.1", "--today", "1995-10-01", *words)


@pytest.fixture
def edition(here: Path) -> Path:
    assert freeze(library(here / "law")).exit_code == 0
    return here / "FY1996.1.edition"


# --- one file, always the same --------------------------------------------------------------------------------------
def test_the_same_library_gives_the_same_bytes_whenever_and_however_its_files_were_written(here: Path) -> None:
    first = library(here / "first")
    second = here / "second"
    for path in sorted(first.rglob("*.*"), reverse=True):
        other = second / path.relative_to(first)
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(path.read_bytes())
        os.utime(other, (10**9, 10**9))
        other.chmod(0o600)
    (second / ".notes.yaml").write_text("of no concern", encoding="utf-8")
    for folder in (first, second):
        assert freeze(folder, "--out", f"{folder.name}.edition").exit_code == 0
    assert Path("first.edition").read_bytes() == Path("second.edition").read_bytes()


def test_the_manifest_says_what_the_edition_is(edition: Path) -> None:
    files, problems = unpacked(edition.read_bytes())
    manifest = json.loads(files.pop("manifest.json"))
    assert not problems
    assert (manifest["name"], manifest["made"], manifest["language"]) == ("FY1996.1", "1995-10-01", 1)
    assert set(manifest["files"]) == set(files)
    assert WORKS_FILE in files
    assert {path.name for path in INSTALLED.reference.iterdir()} == {
        name.removeprefix("reference/") for name in files if name.startswith("reference/")
    }


def test_another_content_has_another_digest_and_another_day_has_not(here: Path) -> None:
    def digest(folder: Path, day: str) -> str:
        out = here / "made.edition"
        out.unlink(missing_ok=True)
        result = run("--library", folder, "freeze", "A", "--today", day, "--out", out, "--json")
        return str(json.loads(result.stdout)["digest"])

    law = library(here / "law")
    before = digest(law, "1995-10-01")
    assert digest(law, "1995-10-02") == before
    (law / "authorities/harbor-works.yaml").write_text(WORKS.replace("Dredge a port", "Dredge"), encoding="utf-8")
    assert digest(law, "1995-10-01") != before


def test_nothing_is_written_over(edition: Path) -> None:
    before = edition.read_bytes()
    result = freeze(Path("law"))
    assert (result.exit_code, edition.read_bytes()) == (2, before)
    assert "a file that is there already" in result.stderr


def test_a_library_that_does_not_load_is_not_frozen(here: Path) -> None:
    law = library(here / "law")
    (law / "authorities/harbor-works.yaml").write_text(WORKS.replace("deep:", "dep:"), encoding="utf-8")
    result = freeze(law)
    assert result.exit_code == 2
    assert "dep" in result.stderr
    assert not Path("FY1996.1.edition").exists()


def test_checked_stops_at_a_case_that_fails(here: Path) -> None:
    law = library(here / "law")
    wrong = WORKS.replace("verdict: prohibited\n    because: [shallow]", "verdict: permitted\n    because: [dredge]")
    assert wrong != WORKS
    (law / "authorities/harbor-works.yaml").write_text(wrong, encoding="utf-8")
    result = freeze(law, "--checked")
    assert result.exit_code == 1
    assert "1 cases fail, the first 'a shallow port'" in result.stdout
    assert not Path("FY1996.1.edition").exists()


@pytest.mark.parametrize("name", ["../up", "a/b", "", "FY 1996"])
def test_a_name_is_a_plain_word(here: Path, name: str) -> None:
    assert run("--library", library(here / "law"), "freeze", name).exit_code == 2


# --- what was touched -----------------------------------------------------------------------------------------------
def test_an_edition_as_frozen_is_whole(edition: Path) -> None:
    result = run("verify", "FY1996.1")
    assert result.exit_code == 0
    assert "Whole: every file is as it was frozen." in result.stdout
    assert "Not signed" in result.stdout


def changed(files: dict[str, bytes]) -> bytes:
    return packed({**files, WORKS_FILE: files[WORKS_FILE].replace(b"100}", b"900}")})


def without(files: dict[str, bytes]) -> bytes:
    return packed({name: content for name, content in files.items() if name != WORKS_FILE})


def with_more(files: dict[str, bytes]) -> bytes:
    return packed({**files, "library/authorities/more.yaml": b"language: 1\n"})


def beside(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[dict[str, bytes]], bytes]:
    def made(files: dict[str, bytes]) -> bytes:
        out = io.BytesIO(packed(files))
        with tarfile.open(fileobj=out, mode="a", format=tarfile.USTAR_FORMAT) as tar:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd" if kind != tarfile.REGTYPE else ""
            tar.addfile(member)
        return out.getvalue()

    return made


def other_digest(files: dict[str, bytes]) -> bytes:
    manifest = json.loads(files["manifest.json"])
    manifest["digest"] = "0" * 64
    return packed({**files, "manifest.json": (json.dumps(manifest, indent=1) + "\n").encode()})


def more_bytes(files: dict[str, bytes]) -> bytes:
    return packed(files) + bytes(512)


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (changed, f"{WORKS_FILE}: changed"),
        (without, f"{WORKS_FILE}: missing"),
        (with_more, "library/authorities/more.yaml: not in the manifest"),
        (beside("../evil.yaml"), "../evil.yaml: outside the folders library and reference"),
        (beside("library/../../evil.yaml"), "library/../../evil.yaml: outside the folders library and reference"),
        (beside("/library/evil.yaml"), "/library/evil.yaml: outside the folders library and reference"),
        (beside("library/evil.yaml", tarfile.SYMTYPE), "library/evil.yaml: not a plain file"),
        (beside("library/evil.yaml", tarfile.LNKTYPE), "library/evil.yaml: not a plain file"),
        (beside(WORKS_FILE), f"{WORKS_FILE}: twice"),
        (other_digest, "manifest.json: its digest is not that of its files"),
        (more_bytes, "bytes that freeze does not write"),
    ],
)
def test_what_was_touched_is_named_and_never_answered_from(
    edition: Path, here: Path, touch: Callable[[dict[str, bytes]], bytes], said: str
) -> None:
    files, _ = unpacked(edition.read_bytes())
    edition.write_bytes(touch(files))
    result = run("verify", edition)
    assert result.exit_code == 1
    assert said in result.stdout.splitlines()
    assert "Not as it was frozen." in result.stdout
    answer = run("--edition", edition, "list")
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert "expected an edition as it was frozen (see: authorities verify" in answer.stderr
    assert not list(here.rglob("evil.yaml"))


def test_a_bit_turned_anywhere_is_seen(edition: Path) -> None:
    whole = edition.read_bytes()
    start = whole.index(b"id: harbor-works")
    header = whole.rindex(b"library/authorities/harbor-works.yaml", 0, start)
    for place in (0, 150, 600, 1000, header + 3, header + 110, header + 150, header + 156, start + 4, len(whole) - 1):
        edition.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert run("verify", edition).exit_code in (1, 2), place
        assert run("--edition", edition, "list").exit_code == 2, place


def test_what_is_no_archive_or_too_large_for_one_is_refused_in_a_sentence(here: Path) -> None:
    (here / "a.edition").write_bytes(b"no edition at all")
    with (here / "b.edition").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for name, said in (("a", "found no edition"), ("b", "found a larger file"), ("c", "found 'c'")):
        result = run("verify", name)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert said in result.stderr


# --- who made it ----------------------------------------------------------------------------------------------------
def keys(name: str) -> tuple[Path, Path]:
    private, public = Path(f"{name}.pem"), Path(f"{name}-public.pem")
    made = Ed25519PrivateKey.generate()
    private.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_signature_is_good_with_its_key_and_with_no_other(here: Path) -> None:
    private, public = keys("counsel")
    _, other = keys("other")
    assert "signed." in freeze(library(here / "law"), "--key", private).stdout
    assert run("verify", "FY1996.1", "--public-key", public).exit_code == 0
    assert "not checked (give --public-key)" in run("verify", "FY1996.1").stdout
    result = run("verify", "FY1996.1", "--public-key", other)
    assert result.exit_code == 1
    assert "The signature is bad: signed by another key" in result.stdout


def test_a_changed_manifest_has_no_good_signature(here: Path) -> None:
    private, public = keys("counsel")
    freeze(library(here / "law"), "--key", private)
    path = here / "FY1996.1.edition"
    files, _ = unpacked(path.read_bytes())
    path.write_bytes(packed({**files, "manifest.json": files["manifest.json"].replace(b"1995-10-01", b"1995-10-02")}))
    result = run("verify", path, "--public-key", public)
    assert result.exit_code == 1
    assert "The signature is bad: the signature is not that of this manifest." in result.stdout


def test_an_edition_that_must_be_signed_and_is_not_is_not_clean(edition: Path) -> None:
    assert run("verify", edition, "--public-key", keys("counsel")[1]).exit_code == 1


def test_without_the_library_for_signatures_one_sentence_says_how_to_get_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, _ = keys("counsel")
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    result = freeze(library(here / "law"), "--key", private)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "pip install 'authority-advisor[sign]'" in result.stderr


def test_a_file_that_is_no_key_is_refused(here: Path) -> None:
    _, public = keys("counsel")
    result = freeze(library(here / "law"), "--key", public)
    assert result.exit_code == 2
    assert "expected an Ed25519 private key as PEM" in result.stderr


# --- answers from it ------------------------------------------------------------------------------------------------
def test_an_edition_answers_as_before_after_the_library_changed(edition: Path) -> None:
    old = run("--library", "law", "show", "harbor-works", "--today", "1995-10-01").stdout
    path = Path("law/authorities/harbor-works.yaml")
    path.write_text(WORKS.replace("Dredge a port", "Dig a port"), encoding="utf-8")
    assert run("--library", "law", "show", "harbor-works", "--today", "1995-10-01").stdout != old
    for words in (["--edition", edition, "show"], ["show", "--edition", "FY1996.1"]):
        for _ in range(2):
            assert run(*words, "harbor-works", "--today", "1995-10-01").stdout == old


def test_the_reference_tables_are_those_of_the_edition(edition: Path) -> None:
    files, _ = unpacked(edition.read_bytes())
    header = files["reference/regional_orgs.csv"].splitlines()[0]
    names = header.decode().split(",")
    row = ",".join({"acronym": "HARB", "name": "Harbors"}.get(name, "") for name in names)
    place = INSTALLED._replace(library=Path("law").absolute(), reference=Path("tables").absolute())
    shutil.copytree(INSTALLED.reference, place.reference)
    (place.reference / "regional_orgs.csv").write_bytes(header + b"\n" + row.encode() + b"\n")
    from datetime import date

    from authorities.editions.freezing import frozen

    Path("tables.edition").write_bytes(frozen("tables", place, date(1995, 10, 1))[1])
    before = organizations()
    with opened("tables"):
        assert [one.acronym for one in organizations()] == ["HARB"]
    assert organizations() is before
    assert home() is INSTALLED


def test_what_is_unpacked_is_made_anew_when_touched(edition: Path) -> None:
    with opened("FY1996.1") as first:
        works = first.library / "authorities/harbor-works.yaml"
        works.write_text(WORKS.replace("100}", "900}"), encoding="utf-8")
        (first.library / "limits/more.yaml").write_text("language: 1\n", encoding="utf-8")
    with opened("FY1996.1") as again:
        assert again == first
        assert works.read_text(encoding="utf-8") == WORKS
        assert not (again.library / "limits/more.yaml").exists()


def test_where_no_cache_can_be_written_an_edition_answers_all_the_same(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("blocked").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", "blocked")
    result = run("list", "--edition", edition)
    assert result.exit_code == 0
    assert "harbor-works" in result.stdout


def test_diff_takes_an_edition_by_its_file_or_name(edition: Path) -> None:
    assert run("diff", "FY1996.1", "law").stdout.startswith("Nothing differs.")
    path = Path("law/authorities/harbor-works.yaml")
    path.write_text(WORKS.replace("{more than: 10}", "{more than: 20}"), encoding="utf-8")
    [one] = json.loads(run("diff", edition, "law", "--json").stdout)["changes"]
    assert one["what"] == "bar shallow"


def test_an_edition_is_not_written_to_and_not_named_beside_a_library(edition: Path) -> None:
    result = run("--edition", edition, "interpret", "q", "--memo", "m", "--date", "1995-10-01", "--fiscal-year", "1996")
    assert "interpret does not work on an edition" in result.stderr
    result = run("--library", "law", "list", "--edition", edition)
    assert (result.exit_code, "Two libraries are named" in result.stderr) == (2, True)


def test_an_edition_copied_is_a_library_folder_again(edition: Path) -> None:
    assert run("copy", "mine", "--edition", edition).exit_code == 0
    assert freeze(Path("mine"), "--out", "again.edition").exit_code == 0
    assert Path("again.edition").read_bytes() == edition.read_bytes()
