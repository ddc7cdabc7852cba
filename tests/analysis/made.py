"""Small made-up kommuner and values for the tests of the analysis."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kvalitetslib.model import (
    Direction,
    Indicator,
    Kommun,
    Namnd,
    PeerGroup,
    Perspective,
    Policy,
    ReferenceKind,
)
from kvalitetslib.period import parse_period
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.sources.inputs import Inputs

OWN = "9901"
PEERS = tuple(f"99{number:02d}" for number in range(2, 32))
YEARS = tuple(str(year) for year in range(2014, 2026))


def indicator(id: str, direction: Direction = Direction.HIGH, **changes: object) -> Indicator:
    given: dict[str, object] = {
        "id": id,
        "title": f"Titel {id}",
        "subject": f"Andelen {id}",
        "unit": "procent",
        "direction": direction,
        "decimals": 1,
        "delta": 5.0,
        "perspective": Perspective.RESULT,
        "source": "Kolada",
        "area": "prov",
    }
    return Indicator(**{**given, **changes})  # type: ignore[arg-type]


def kommun(*indicators: Indicator, smallest: int = 5) -> Kommun:
    return Kommun(
        nyckel="prov",
        namn="Provkommun",
        kod=OWN,
        synthetic=True,
        policy=Policy(smallest, 0.05, 5, 4),
        namnder=(Namnd("namnden", "Provnämnden", tuple(each.id for each in indicators)),),
        indicators=tuple(indicators),
        peer_groups=(
            PeerGroup("liknande", "liknande kommuner", ReferenceKind.PEERS, PEERS[:7]),
            PeerGroup("lan", "länet", ReferenceKind.COUNTY, PEERS[:12]),
        ),
        areas=(),
        age_groups=(),
    )


def rows(
    id: str,
    series: Iterable[float],
    *,
    code: str = OWN,
    periods: tuple[str, ...] = YEARS,
    **more: object,
) -> pd.DataFrame:
    """One group's values, one row a period."""
    values = np.array(list(series), dtype=float)
    used = periods[-len(values) :]
    given: dict[str, object] = {
        "kommun": code,
        "indicator": id,
        "gender": "T",
        "age": "",
        "area": "",
        "enhet": "",
        "numerator": np.nan,
        "denominator": np.nan,
        "status": "",
        "source": "prov",
    }
    return pd.DataFrame(
        {
            "period": used,
            "at": [parse_period(text).at for text in used],
            "value": values,
            **given,
            **more,
        }
    )


def peers(
    id: str, rng: np.random.Generator, *, spread: float = 3.0, sd: float = 1.0, **more: object
) -> pd.DataFrame:
    """Thirty others round 60 whose levels differ by ``spread`` and whose years vary with ``sd``."""
    levels = 60 + spread * rng.standard_normal(len(PEERS))
    return pd.concat(
        [
            rows(id, own + sd * rng.standard_normal(len(YEARS)), code=code, **more)
            for own, code in zip(levels, PEERS, strict=True)
        ]
    )


def inputs(
    made: Kommun, *frames: pd.DataFrame, goals: tuple[Goal, ...] = (), **more: object
) -> Inputs:
    values = pd.concat(frames, ignore_index=True)
    empty = pd.DataFrame()
    given: dict[str, object] = {
        "kommun": made,
        "values": values,
        "earlier": values.iloc[:0],
        "publications": pd.DataFrame({"indicator": [], "title": [], "next_publication": []}),
        "names": {},
        "goals": goals,
        "atgarder": (),
        "outlooks": (),
        "feedback": empty,
        "promises": (),
        "breaches": (),
        "lessons": (),
        "controls": (),
        "ideas": (),
        "economy": (),
        "judgements": empty,
        "sources": (),
        "checksums": (("prov.csv", "0" * 64),),
        "surveys": (),
    }
    return Inputs(**{**given, **more})  # type: ignore[arg-type]


def goal(id: str, target: float) -> Goal:
    return Goal(f"M-{id}", "namnden", GoalKind.KKF, f"Mål {id}", indicator=id, target=target)
