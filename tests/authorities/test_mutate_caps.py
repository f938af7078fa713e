"""How a cap adds up: proposals of several lines tell it from every way in which it could be miswritten."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml

from authorities.casework import lines_of
from authorities.loading import SHIPPED
from authorities.mutation._examples import Example
from authorities.mutation._reading import with_file
from authorities.mutation.equivalence import Judge
from authorities.mutation.exclusions import FILE, read_exclusions
from authorities.mutation.mutants import Mutant
from rules.derived import fiscal_year
from rules.judge import run as run_lines
from rules.library import Library
from rules.provisions import Case
from rules.rulebook import Shelf
from tests.support.benches import BENCH, every_mutant
from tests.support.shipped import LIBRARY, SHELF

DAY = datetime.timedelta(days=1)
PROPOSALS = """
10-usc-2282:
  - caps: [construction-per-program]
    date: 2015-09-29
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 400000, project_cost: 400000,
      elements: [{}, {date: 2015-10-02}]}
  - caps: [fy2015-ceiling]
    date: 2015-09-29
    given: {element: equipping, recipient: army, purpose: counterterrorism, cost: 200000000, fund_year: 2015,
      elements: [{}, {date: 2015-10-02}]}
10-usc-312:
  - caps: [liaison-officer-year]
    date: 2026-03-02
    given: {element: liaison-living-expenses, recipient: navy, liaison_at_dod_headquarters: true,
      liaison_requester: combatant-commander, developing_country: true, travel_rates_within_title_37: true,
      cost_per_person: 100000, acts: {312-necessity-finding: done, 312-liaison-request: done}, elements: [{}, {}]}
10-usc-341:
  - caps: [incremental-cap]
    date: 2025-09-29
    given: {element: incremental-expenses, recipient: army, state_partnership: true, cost: 6000000,
      elements: [{}, {date: 2025-10-02}]}
22-usc-2763:
  - caps: [direct-contract-cap]
    date: 2025-09-29
    given: {financed_procurement: true, element: vessels, partner: POL, recipient: defense-ministry,
      direct_commercial_contract: true, cost: 60000000, account: fmf, elements: [{}, {date: 2025-10-02}]}
pl-109-163-1206:
  - caps: [annual-ceiling]
    date: 2012-09-28
    given: {element: equipping, recipient: army, purpose: counterterrorism, cost: 200000000,
      elements: [{}, {date: 2012-10-02}]}
  - caps: [stability-ceiling]
    date: 2011-09-30
    given: {element: equipping, recipient: army, purpose: stability-operation, us_forces_in_operation: true,
      cost: 40000000, elements: [{}, {date: 2011-10-03}]}
  - caps: [construction-all-programs]
    date: 2013-09-27
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 300000, project_cost: 300000,
      fund_year: 2013, used_1206_construction_year: 24500000, elements: [{}, {date: 2013-10-02}]}
  - caps: [construction-per-program]
    date: 2013-09-27
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 400000, project_cost: 400000,
      fund_year: 2013, elements: [{}, {date: 2013-10-02}]}
22-usc-2318:
  - caps: [taiwan-ceiling]
    date: 2026-03-02
    given: {element: weapons, recipient: army, purpose: conventional-defense, partner: TWN, program: drawdown-program,
      unforeseen_emergency: false, cost: 600000000, elements: [{}, {partner: JPN, for_partner: {value: TWN, source: order}}]}
22-usc-2348a:
  - caps: [taiwan-ceiling]
    date: 2026-03-02
    given: {element: fuel, recipient: disaster-agency, purpose: disaster-response, partner: TWN, program: drawdown-program,
      cost: 13000000, elements: [{}, {partner: JPN, for_partner: {value: TWN, source: order}}]}
pl-109-163-1207:
  - caps: [georgia-2009]
    date: 2009-09-30
    given: {element: interagency-support, partner: GEO, purpose: stabilization, cost: 26000000,
      elements: [{}, {partner: TUR, for_partner: {value: GEO, source: order}}]}
pl-110-181-1233:
  - caps: [pakistan-2013]
    date: 2013-09-30
    given: {element: coalition-reimbursement, partner: PAK, us_operation_1233: operations-in-afghanistan, cost: 600000001,
      elements: [{}, {partner: JOR, for_partner: {value: PAK, source: claim}}]}
  - caps: [pakistan]
    date: 2014-12-19
    given: {element: coalition-reimbursement, partner: PAK, us_operation_1233: operations-in-afghanistan, cost: 500000001,
      elements: [{}, {partner: JOR, for_partner: {value: PAK, source: claim}}]}
pl-112-81-1207n:
  - caps: [yemen-amount]
    date: 2012-03-01
    given: {element: equipping, recipient: counterterrorism-police, partner: YEM, purpose: counterterrorism, cost: 40000000,
      elements: [{}, {partner: DJI, for_partner: {value: YEM, source: plan}}]}
  - caps: [yemen-amount]
    date: 2012-03-01
    given: {element: equipping, recipient: counterterrorism-police, partner: YEM, purpose: counterterrorism, cost: 40000000,
      elements: [{}, {date: 2012-10-02, start: 2012-09-28}]}
  - caps: [east-africa-amount]
    date: 2012-03-01
    given: {element: equipping, recipient: army, partner: KEN, purpose: counterterrorism, cost: 40000000,
      elements: [{}, {date: 2012-10-02, start: 2012-09-28}]}
pl-113-164-149:
  - caps: [partnership-money]
    date: 2015-03-02
    given: {element: training, partner: SYR, recipient: irregular-force, purpose: counterterrorism, account: dod-ctpf,
      fund_year: 2015, cost: 300000000, elements: [{}, {partner: JOR, for_partner: {value: SYR, source: plan}}]}
pl-113-291-1209:
  - caps: [22-usc-2321h.additions]
    date: 2026-03-02
    given: {element: stockpile-addition, partner: JOR, recipient: army, helps_assist_syrian_groups: true,
      stockpile_on_us_base: true, cost: 300000000, elements: [{}, {}]}
  - caps: [22-usc-2321h.additions]
    date: 2026-03-02
    given: {element: stockpile-addition, recipient: army, helps_assist_syrian_groups: true,
      stockpile_on_us_base: true, cost: 300000000, elements: [{partner: JOR}, {partner: TUR}]}
  - caps: [22-usc-2321h.additions]
    date: 2025-09-29
    given: {element: stockpile-addition, partner: JOR, recipient: army, helps_assist_syrian_groups: true,
      stockpile_on_us_base: true, cost: 300000000, elements: [{}, {date: 2025-10-02}]}
  - caps: [22-usc-2321h.additions-israel]
    date: 2026-03-02
    given: {element: stockpile-addition, partner: JOR, recipient: army, helps_assist_syrian_groups: true,
      for_partner: {value: ISR, source: plan}, stockpile_on_us_base: true, cost: 110000000, elements: [{}, {}]}
  - caps: [22-usc-2321h.additions-israel]
    date: 2026-03-02
    given: {element: stockpile-addition, recipient: army, helps_assist_syrian_groups: true,
      for_partner: {value: ISR, source: plan}, stockpile_on_us_base: true, cost: 110000000,
      elements: [{partner: JOR}, {partner: TUR}]}
  - caps: [22-usc-2321h.additions-israel]
    date: 2025-09-29
    given: {element: stockpile-addition, partner: JOR, recipient: army, helps_assist_syrian_groups: true,
      for_partner: {value: ISR, source: plan}, stockpile_on_us_base: true, cost: 110000000,
      elements: [{}, {date: 2025-10-02}]}
pl-113-291-1236:
  - caps: [construction-aggregate]
    date: 2024-03-04
    given: {element: facility-repair, partner: IRQ, recipient: army, purpose: counterterrorism, project_cost: 500001,
      cost: 16000000, elements: [{}, {partner: JOR, for_partner: {value: IRQ, source: plan}}]}
pl-118-159-1323:
  - caps: [fiscal-year-2025]
    date: 2025-03-03
    given: {element: weapons, recipient: army, partner: TWN, purpose: conventional-defense, cost: 160000000, fund_year: 2025,
      elements: [{}, {partner: JPN, for_partner: {value: TWN, source: order}}]}
  - caps: [fiscal-year-2026]
    date: 2026-03-03
    given: {element: weapons, recipient: army, partner: TWN, purpose: conventional-defense, cost: 510000000, fund_year: 2026,
      elements: [{}, {partner: JPN, for_partner: {value: TWN, source: order}}]}
"""
"""By the authority they are asked under: proposals of two days, of two people of one country, or of two partners of
which one is helped for the sake of the other; ``caps``: those they tell from a mutant, a limit's under its own name."""


class Told(NamedTuple):
    """A proposal asked under an authority, and a cap (of a file) that it tells from a mutant."""

    asked: str
    file: str
    cap: str
    date: datetime.date
    given: dict[str, Any]


def tellers() -> list[Told]:
    out = []
    for asked, some in yaml.safe_load(PROPOSALS).items():
        for one in some:
            for named in one["caps"]:
                file, _, cap = named.rpartition(".")
                out.append(Told(asked, file or asked, cap, one["date"], one["given"]))
    return out


@cache
def mutants() -> dict[str, Mutant]:
    return {m.id: m for m in every_mutant(LIBRARY)}


@cache
def excluded() -> dict[str, str]:
    """The mutants let live that change what a cap adds up, each with the reason."""
    return {id_: reason for id_, reason in read_exclusions(SHIPPED / FILE).items() if "/per: " in id_}


def verdicts(library: Library, shelf: Shelf, example: Example) -> list[str]:
    sessions = run_lines(library, shelf, example.lines, known=datetime.date.today(), asked=example.asked)
    return [s.judged[example.asked].verdict(1 << i) for s in sessions for i in range(len(s.places))]


@cache
def told_by(number: int) -> frozenset[str]:
    """The mutants of its cap that a proposal tells from the law."""
    one = tellers()[number]
    case = Case(name="", date=one.date, given=one.given, verdict="")
    example = Example(one.asked, one.asked, case, lines_of(LIBRARY, LIBRARY.authorities[one.asked], case))
    seen = verdicts(LIBRARY, SHELF, example)
    found = set()
    for mutant in mutants().values():
        if (mutant.file, mutant.provision, mutant.key) == (one.file, one.cap, "per"):
            library = with_file(LIBRARY, mutant.changed)
            if verdicts(library, Shelf(library), example) != seen:
                found.add(mutant.id)
    return frozenset(found)


@pytest.mark.parametrize("number", range(len(tellers())), ids=lambda n: f"{tellers()[n].file}.{tellers()[n].cap}-{n}")
def test_a_proposal_of_several_lines_tells_how_its_cap_adds_up(number: int) -> None:
    assert told_by(number)


def test_what_is_let_live_of_a_caps_sum_is_told_by_a_proposal_or_of_one_year() -> None:
    """Every mutant let live is told from the law by a proposal, but for a ceiling by year that no second year meets."""
    told = {id_ for number in range(len(tellers())) for id_ in told_by(number)}
    lasting = [mutants()[id_] for id_ in excluded()]
    one_year = {m.id for m in lasting if only_of_one_year(m)}
    assert not one_year & told
    assert {m.id for m in lasting} - one_year == excluded().keys() & told
    assert [excluded()[id_] for id_ in one_year if "fiscal year" not in excluded()[id_]] == []


def only_of_one_year(mutant: Mutant) -> bool:
    """Whether a cap adds up a year instead of a whole proposal (or the other way round), and all that its authority
    grants while it is law is granted on days of one fiscal year: then it adds up the same lines."""
    if mutant.file not in LIBRARY.authorities:
        return False
    file = LIBRARY.authorities[mutant.file]
    caps = [cap for one in (file, mutant.changed) for cap in one.caps if cap.id == mutant.provision]
    lives = [cap.life for cap in caps] + [grant.life for grant in file.grants]
    if any(cap.per not in ("activity", "authority-year") or cap.group is not None for cap in caps):
        return False
    if any(life.on != "date" or life.fund_years is not None for life in lives):
        return False
    years: set[int] = set()
    for grant in file.grants:
        first = max(grant.life.since, caps[0].life.since)
        ends = [life.until for life in (grant.life, caps[0].life) if life.until is not None]
        if not ends:
            return False
        if first < min(ends):
            years |= {fiscal_year(day, LIBRARY.calendar.year_starts) for day in (first, min(ends) - DAY)}
    return len(years) == 1


def test_what_is_let_live_of_a_caps_sum_is_not_proved_equivalent_and_what_is_of_one_year_is() -> None:
    prover = Judge(BENCH).prover
    assert all(any(True for _ in prover.differences(mutants()[id_])) for id_ in excluded())
    shorter = [m for m in mutants().values() if m.key == "per" and "activity for authority-year" in m.words]
    assert any(not any(True for _ in prover.differences(m)) for m in shorter)
