"""A small made-up survey for the tests of the analysis."""

import numpy as np

from kvalitetslib.codebook import (
    Answer,
    Background,
    BackgroundKind,
    Codebook,
    Item,
    Margin,
    Measure,
    ScaleKind,
    Stratum,
    Wave,
    Weighting,
)
from kvalitetslib.model import Direction
from kvalitetslib.sources.survey import WaveAnswers

STEPS = ("Mycket dåligt", "Ganska dåligt", "Ganska bra", "Mycket bra")
STRATA = (Stratum("1", "Centrum", 6000, 600), Stratum("2", "Landet", 4000, 600))
MARGIN = Margin(("kon",), ((("K",), 5100.0), (("M",), 4900.0)))
BACKGROUNDS = (
    Background(
        BackgroundKind.GENDER,
        "kon",
        "kon",
        "Kön",
        (("K", "kvinnor"), ("M", "män"), ("annat", "annat")),
    ),
    Background(
        BackgroundKind.AGE,
        "alder",
        "alder",
        "Ålder",
        (("18–49 år", "18–49 år"), ("50 år och äldre", "50 år och äldre")),
    ),
    Background(
        BackgroundKind.AREA,
        "omrade",
        "omrade",
        "Område",
        (("centrum", "Centrum"), ("landet", "Landet")),
    ),
)


def item(id: str, measure: Measure = Measure.POSITIVE, **changes: object) -> Item:
    answers = tuple(Answer(str(place + 1), text, place >= 2) for place, text in enumerate(STEPS))
    given: dict[str, object] = {
        "id": id,
        "column": id,
        "text": f"Fråga {id}?",
        "subject": f"Andelen som är nöjda med {id}",
        "scale": ScaleKind.STEPS,
        "measure": measure,
        "direction": Direction.HIGH,
        "theme": "Prov",
        "namnder": ("namnden",),
        "answers": answers,
    }
    return Item(**{**given, **changes})  # type: ignore[arg-type]


def codebook(*items: Item, waves: tuple[Wave, ...], **changes: object) -> Codebook:
    given: dict[str, object] = {
        "key": "prov",
        "name": "Provenkäten",
        "source": "Provkommunens enkät",
        "population": "alla",
        "waves": waves,
        "items": items,
        "backgrounds": BACKGROUNDS,
        "weighting": Weighting.RAKE,
    }
    return Codebook(**{**given, **changes})  # type: ignore[arg-type]


def wave(period: str, *, margins: tuple[Margin, ...] = (MARGIN,)) -> Wave:
    return Wave(period, f"prov_{period}.csv", 1200, STRATA, margins)


def answers(
    made: Codebook,
    place: int,
    rng: np.random.Generator,
    *,
    n: int = 600,
    shift: float = 0.0,
    gap: float = 0.0,
    other: int = 3,
) -> WaveAnswers:
    """Answers round the middle of the scale; women ``gap`` steps lower, all ``shift`` higher."""
    background = np.column_stack(
        [rng.integers(0, 2, n), rng.integers(0, 2, n), np.arange(n) % 2]
    ).astype(np.int16)
    background[:other, 0] = 2
    latent = rng.normal(1.5 + shift, 1.0, (n, len(made.items)))
    latent -= gap * (background[:, :1] == 0)
    codes = np.clip(np.rint(latent), 0, 3).astype(np.int8)
    codes[rng.random(codes.shape) < 0.05] = -1
    codes[rng.random(codes.shape) < 0.03] = -2
    return WaveAnswers(
        made.waves[place], codes, background, (np.arange(n) % 2).astype(np.int64), None, None, ()
    )
