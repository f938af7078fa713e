"""A law file as data: what the text and the page show."""

from __future__ import annotations

from datetime import date
from typing import Any

from authorities.listing import listed
from authorities.showing._links import Asked
from authorities.showing._view import Shown, view
from rules.library import Library
from rules.provisions import LawFile


def file_json(library: Library, file: LawFile, today: date) -> dict[str, Any]:
    """Provisions with cites, lives and meaning in words; history, ends, questions and limits."""
    seen = view(library, file, today)
    row = next(r for r in listed(library) if r["id"] == file.id)
    by_id = {s.provision.id: s for s in (*(s for _, some in seen.sections for s in some), *seen.past)}
    row["provisions"] = [_provision(by_id[p.id]) for p in file.provisions()]
    row["borrowed"] = [{**_provision(s), "file": s.home.id if s.home else file.id} for s in seen.borrowed]
    row["today"] = today.isoformat()
    row["values"] = [{"name": v.name, "cite": v.cite, "says": v.says, "life": v.life} for v in seen.values]
    row["notes"] = [{"cite": n.cite, "gist": n.gist} for n in file.notes]
    row["history"] = [
        {
            "date": e.day.isoformat(),
            "law": e.law,
            "change": e.change,
            "kind": e.kind,
            "id": e.id,
            "cite": e.cite,
            "gist": e.gist,
        }
        for e in seen.events
    ]
    row["expires"] = [
        {"last_day": e.day.isoformat(), "kind": e.kind, "id": e.id, "says": e.says, "past": e.past}
        for e in seen.expiries
    ]
    row["questions"] = [_question(one) for one in seen.questions]
    row["limits"] = [{"limit": r.limit.id, "authority": r.authority.id, "how": r.how} for r in seen.reached]
    row["replaced_by"] = list(file.replaced_by)
    return row


def _provision(shown: Shown) -> dict[str, Any]:
    p = shown.provision
    return {
        "id": p.id,
        "kind": shown.kind,
        "cite": p.cite,
        "gist": p.gist,
        "since": p.life.since.isoformat(),
        "until": p.life.until.isoformat() if p.life.until else None,
        "law": p.life.law.public_law if p.life.law else None,
        "force": p.force,
        "basis": p.basis,
        "says": [said.line for said in shown.says],
    }


def _question(asked: Asked) -> dict[str, Any]:
    q = asked.question
    return {
        "id": q.id,
        "words": q.words,
        "statute": q.statute,
        "positions": [{"says": says, "source": source} for says, source in q.positions],
        "decides": q.decides,
        "turns_on": q.turns_on,
        "provisions": list(asked.decides),
        "interpretations": [
            {
                "answer": i.answer,
                "fiscal_years": sorted(i.fiscal_years),
                "office": i.office,
                "memo": i.memo,
                "date": i.dated.isoformat(),
            }
            for i in asked.answers
        ],
    }
