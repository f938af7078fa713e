"""The world of the harbors: a library of a few files, and one authority to plant faults in."""

from __future__ import annotations

from pathlib import Path

WORLD = Path(__file__).parents[1] / "bad" / "library" / "base"
WORKS = """language: 1
id: harbor-works
title: Harbor works
short: Harbor works
statute: Harbor Act 1
holder: Harbor master
tags: [ports]
law: {public_law: 101-1}
values:
  ceiling:
    - {since: 1990-01-05, is: 100}
    - {since: 1992-03-01, law: {public_law: 102-7}, is: 200}
grants:
  - id: dredge
    cite: (a)
    gist: Dredge a port.
    when: {element: dredging}
bars:
  - id: shallow
    cite: (b)
    gist: Not in a shallow port, but for small works.
    when: {deep: false, cost: {more than: 10}}
duties:
  - id: report
    cite: (c)
    gist: Report ten days before the works start.
    act: harbor-report
    days: 10
caps:
  - id: ceiling
    cite: (d)
    gist: No more than the ceiling in a year.
    counts: cost
    amount: {value: ceiling}
    per: authority-year
funds:
  - id: dues
    cite: (f)
    gist: Paid from the dues.
    account: harbor-dues
cases:
  - name: dredging reported
    date: 1995-05-01
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, acts: {harbor-report: done}}
    verdict: permitted
    because: [dredge]
  - name: a shallow port
    date: 1995-05-01
    given: {element: dredging, deep: {value: false, source: chart}, cost: 50, acts: {harbor-report: done}}
    verdict: prohibited
    because: [shallow]
"""
