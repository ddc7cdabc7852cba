"""Made-up synpunkter for the tests: so many of a category in a quarter."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from kvalitetslib.analysis.feedback_counts import Counted
from kvalitetslib.model import Area, Kommun, Namnd, Policy
from kvalitetslib.period import parse_period, quarter_before

QUARTER = parse_period("2026K3")
NAMND = Namnd("skola", "Skolnämnden", (), feedback_categories=("Mat", "Lokaler", "Buller"))
SECRET = "Läraren Kim Testsson glömde nyckeln"


def quarters(n: int) -> tuple[str, ...]:
    """The latest ``n`` quarters, the oldest first."""
    found = [QUARTER]
    while len(found) < n:
        found.insert(0, quarter_before(found[0]))
    return tuple(each.text for each in found)


def counted(*rows: Sequence[int], smallest: int = 5) -> Counted:
    """Numbers by quarter of the categories a, b, c …"""
    counts = np.array(rows, dtype=np.int64)
    names = tuple("abcdefgh"[: counts.shape[1]])
    return Counted(quarters(len(rows)), names, counts, smallest)


def synpunkt(day: date, category: str = "Mat", **words: object) -> dict[str, object]:
    given: dict[str, object] = {
        "received": pd.Timestamp(day),
        "namnd": "skola",
        "category": category,
        "type": "klagomål",
        "answered": pd.NaT,
        "mended": pd.NaT,
        "area": "",
        "gender": "",
        "text": SECRET,
    }
    days = {key: pd.Timestamp(value) for key, value in words.items() if isinstance(value, date)}
    return {**given, **words, **days}


def register(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(synpunkt(date(2026, 1, 1))))
    for name in ("received", "answered", "mended"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def in_quarter(quarter: str, n: int, *, answer: int | None = 5, **words: object) -> list[dict]:
    """So many that came on the quarter's first days, each answered after so many days."""
    start = parse_period(quarter).start
    days = [start + timedelta(days=place % 30) for place in range(n)]
    return [
        synpunkt(day, answered=None if answer is None else day + timedelta(days=answer), **words)
        for day in days
    ]


def kommun(*areas: str) -> Kommun:
    return Kommun(
        nyckel="prov",
        namn="Provkommun",
        kod="9901",
        synthetic=True,
        policy=Policy(5, 0.05, 5, 4),
        namnder=(NAMND,),
        indicators=(),
        peer_groups=(),
        areas=tuple(Area(each, each.capitalize()) for each in areas),
        age_groups=(),
    )
