"""The history as a small drawing: one line of time, a numbered mark for each day on which the law changed.

It is drawn in percentages, so that it takes the width there is and its words keep their size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from authorities.showing._history import Event
from authorities.showing._lives import day_words

_LEFT, _RIGHT = 5.0, 95.0
_APART = 8.5  # percent between two marks of one height: their width on a phone
_STEP = 28  # pixels between heights
_TICKS = 6


def timeline(events: Sequence[Event], today: date) -> str:
    """The SVG; its description says in words what the marks say."""
    days = sorted(Counter(e.day for e in events).items())
    first, last = days[0][0], max(days[-1][0], today)
    start, end = date(first.year, 1, 1), date(last.year, 12, 31)
    span = (end - start).days

    def across(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - start).days / span, 2)

    heights = _heights([across(day) for day, _ in days])
    base = 34 + _STEP * max(heights)
    marks = "".join(
        _mark(across(day), base - _STEP * height, base, day, count)
        for (day, count), height in zip(days, heights, strict=True)
    )
    now = across(today)
    side = "end" if now > 50 else "start"
    told = "; ".join(f"{day_words(day)}: {_changes(count)}" for day, count in days)
    return (
        f'<figure><svg role="img" aria-labelledby="timeline-title timeline-told" width="100%" height="{base + 46}">'
        f'<title id="timeline-title">The days on which this law changed</title><desc id="timeline-told">{told}.</desc>'
        f'<line class="axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>{_ticks(start, end, across, base)}'
        f'<line class="now" x1="{now}%" x2="{now}%" y1="4" y2="{base + 6}"/>'
        f'<text class="now" x="{now}%" y="{base + 40}" text-anchor="{side}">today</text>{marks}</svg>'
        "<figcaption>Each mark is a day on which the law changed; the number says how many provisions and values began, "
        "changed or ended.</figcaption></figure>"
    )


def _changes(count: int) -> str:
    return f"{count} change{'' if count == 1 else 's'}"


def _heights(places: Sequence[float]) -> list[int]:
    """The lowest height at which each mark stands clear of those before it."""
    lasts: list[float] = []
    out = []
    for place in places:
        height = next((i for i, last in enumerate(lasts) if place - last >= _APART), len(lasts))
        lasts[height : height + 1] = [place]
        out.append(height)
    return out


def _mark(x: float, y: int, base: int, day: date, count: int) -> str:
    return (
        f'<g><title>{day_words(day)}: {_changes(count)}</title><line class="stem" x1="{x}%" x2="{x}%" y1="{y}" '
        f'y2="{base}"/><circle cx="{x}%" cy="{y - 12}" r="12"/>'
        f'<text class="count" x="{x}%" y="{y - 8}" text-anchor="middle">{count}</text></g>'
    )


def _ticks(start: date, end: date, across: Callable[[date], float], base: int) -> str:
    years = end.year - start.year + 1
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if years / s <= _TICKS)
    out = []
    for year in range(start.year, end.year + 1):
        if year % step == 0:
            x = across(date(year, 1, 1))
            out.append(
                f'<line class="axis" x1="{x}%" x2="{x}%" y1="{base}" y2="{base + 6}"/>'
                f'<text x="{x}%" y="{base + 21}" text-anchor="middle">{year}</text>'
            )
    return "".join(out)
