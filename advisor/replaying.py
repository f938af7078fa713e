"""Asking again what a saved answer was asked, under the same edition, and holding the two against each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import unified_diff
from pathlib import Path

from advisor.reply import reply
from advisor.saving import Saved, content_of
from authorities.editions.freezing import digest_at
from authorities.home import home, living_at
from rules.faults import Fault, FaultsError, Place


@contextmanager
def under_its_edition(saved: Saved, path: Path) -> Iterator[str]:
    """Answers come from what a saved answer was made under; gives what to call it. Raises FaultsError for another.

    That is the edition that was named (``--edition``); else ``NAME.edition`` beside the answer or here; else the library
    installed.
    """
    from authorities.editions.opening import opened
    from authorities.editions.verifying import SUFFIX

    wanted = f"edition {saved.edition}" if saved.edition else "a library that was not frozen"
    word = f"{saved.edition}{SUFFIX}"
    folders = [folder for folder in (path.parent, Path()) if saved.edition and (folder / word).is_file()]
    with ExitStack() as stack:
        if folders and not home().edition:
            stack.enter_context(opened(word, folders[0]))
        _refuse_another(saved, path, wanted)
        # the same content may go by another name by now: the answer has the name of its own day
        stack.enter_context(living_at(home()._replace(edition=saved.edition or "", digest=saved.digest)))
        yield wanted


def _refuse_another(saved: Saved, path: Path, wanted: str) -> None:
    found = digest_at(home())
    if found != saved.digest:
        name = f"edition {home().edition}" if home().edition else "the library installed"
        expected = f"{wanted}, digest {saved.digest[:16]}, which made the answer (give --edition FILE)"
        raise FaultsError([Fault(Place(str(path), None, ""), f"{name}, digest {found[:16]}", expected)])


def differences(saved: Saved) -> list[str]:
    """The lines in which the answer given now differs from the saved file, as a unified diff; none: not in one byte.

    Engines are compared elsewhere. Raises FaultsError, Disagreement.
    """
    now = content_of(reply(saved.asked), saved.engine, saved.edition, saved.digest)
    if now == saved.content:
        return []
    lines = list(unified_diff(saved.content.split("\n"), now.split("\n"), "saved", "now", lineterm="", n=1))
    return lines[2:]
