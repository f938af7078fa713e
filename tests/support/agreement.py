"""Both implementations over random proposals, with what was reached."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from advisor.asking import Disagreement, ask
from authorities.loading import Loaded
from rules.faults import FaultsError
from rules.proposals import from_mapping
from rules.provisions import Definition
from rules.rulebook import Shelf
from tests.support.generator import Generator

TODAY = datetime.date(2026, 11, 21)


@dataclass
class Agreement:
    """What a run met. ``unreached``: provisions that decided nothing and stood in no list of steps."""

    lines: int = 0
    refused: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    unreached: set[str] = field(default_factory=set)


def agree(loaded: Loaded, count: int, seed: int) -> Agreement:
    """Ask ``count`` random proposals of both; a proposal with faults is refused by the first and not compared."""
    library = loaded.library
    shelf = Shelf(library)
    result = Agreement()
    reached: set[str] = set()
    for data, asked in Generator(library, seed).draw(count):
        try:
            found = ask(loaded, from_mapping(data, "drawn"), today=TODAY, asked=asked, shelf=shelf)
        except FaultsError:
            result.refused += 1
            continue
        except Disagreement as error:
            result.differences.append(f"{error} | {data} | asked {asked}")
            continue
        for line in found.lines:
            result.lines += 1
            for finding in line.findings:
                result.verdicts[finding.verdict] += 1
                keys = {*finding.deciding, *(d.ref.key for d in (*finding.duties, *finding.follow_up))}
                keys |= {m.ref.key for m in finding.funds}
                reached |= {k if "." in k else f"{finding.authority}.{k}" for k in keys}
    result.unreached = {
        f"{file.id}.{p.id}" for file in library.files() for p in file.provisions() if not isinstance(p, Definition)
    } - reached
    return result
