"""Compare, section by section, the paragraphs read from plain text with those read from XML.

Run by hand: `python bench/check_register.py FOLDER`, FOLDER being the store of law (`usc/`, `usc-xml/`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from authorities.paragraphs import Paragraph, fingerprint, parse_text, parse_uslm


def listed(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, str]]:
    """What must agree: designation and fingerprint, in order."""
    return [(paragraph.designation, fingerprint(paragraph.words)) for paragraph in paragraphs]


def differences(text: tuple[Paragraph, ...], xml: tuple[Paragraph, ...]) -> list[str]:
    """The paragraphs one of the two lacks or reads otherwise, for people."""
    first, second = set(listed(text)), set(listed(xml))
    rows = [
        f"  text {p.designation}: {p.words[:90]}" for p in text if (p.designation, fingerprint(p.words)) not in second
    ]
    return rows + [
        f"  xml  {p.designation}: {p.words[:90]}" for p in xml if (p.designation, fingerprint(p.words)) not in first
    ]


def main() -> int:
    """Compare every section that has both files; print the differences and the counts."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--release", default="119-100")
    options = arguments.parse_args()
    equal = units = unequal = 0
    for xml in sorted((options.folder / "usc-xml" / options.release).glob("*.xml")):
        plain = options.folder / "usc" / options.release / f"{xml.stem}.txt"
        left, right = parse_text(plain.read_text(encoding="utf-8")), parse_uslm(xml)
        units += len(right)
        if listed(left) == listed(right):
            equal += 1
            continue
        unequal += 1
        print(xml.stem, *differences(left, right), sep="\n")
    print(f"{equal} of {equal + unequal} sections equal, {units} paragraphs")
    return 1 if unequal else 0


if __name__ == "__main__":
    raise SystemExit(main())
