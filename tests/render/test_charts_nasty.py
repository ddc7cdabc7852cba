"""Names as long as they come in Sweden, values as odd as they come in files: nothing collides."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from charts_cases import TEXTS, ticks
from charts_reading import outside, overlaps, text_boxes, written

from kvalitetslib.render.charts import (
    Answer,
    Chart,
    Field,
    Group,
    Line,
    Mark,
    Place,
    Point,
    Role,
    Row,
    Slope,
    Spot,
    Tile,
    TimeMarks,
    Tone,
    Verdict,
    Wave,
    control,
    dotplot,
    gap,
    quadrants,
    shares,
    slope,
    strip,
    tiles,
    timeline,
    verdicts,
)

Values = list[float | None]
WORDS = (
    "andelen elever i årskurs nio som är behöriga till yrkesprogram och andra nationella "
    "brukarbedömning särskilt boende äldreomsorg helhetssyn nettokostnadsavvikelse "
    "samhällsbyggnadsförvaltningens överförmyndarverksamhet individ- och familjeomsorg "
    "kommunledningsförvaltningen Västra Götalands län liknande kommuner, övergripande å ä ö"
).split()
SERIES: Mapping[str, Values] = {
    "ett": [61.4],
    "inga": [],
    "saknas": [None, None, None],
    "lika": [5.0] * 6,
    "enorma": [1e12, -1e12, 123456789.0, None, -0.5],
    "negativa": [-3.0, -17.25, -0.01, None, -90.0],
    "trettio": [50 + 40 * np.sin(i) for i in range(30)],
}
SEEDS = range(4)


def names(rng: np.random.Generator, count: int) -> list[str]:
    """Names of 60 to 120 letters, made of long Swedish words."""
    made = []
    for _ in range(count):
        text, length = "", int(rng.integers(60, 121))
        while len(text) < length:
            text += f"{rng.choice(WORDS)} "
        made.append(text[:length].strip())
    return made


def exact(value: float) -> str:
    return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")


def _bounds(value: float | None) -> tuple[float | None, float | None]:
    return (None, None) if value is None else (value - abs(value) / 7 - 1, value + 2)


def a_timeline(label: list[str], values: Values) -> Chart:
    points = tuple(Point(2000 + i, v, *_bounds(v)) for i, v in enumerate(values))
    roles = (Role.OWN, Role.PEERS, Role.COUNTY)
    lines = [Line(label[i], points, role) for i, role in enumerate(roles)]
    marks = TimeMarks(
        ticks=ticks(2000, 2030),
        events=(Mark(2003.5, label[3]), Mark(2004, label[4])),
        breaks=(Mark(2005, label[5]),),
        target=Mark(55, label[6]),
    )
    return timeline(lines, fmt=exact, marks=marks, **TEXTS)


def a_control(label: list[str], values: Values) -> Chart:
    spots = [
        Spot(float(i), v, 14.0, *_bounds(v), signal=i % 3 - 1, phase=i // 9)
        for i, v in enumerate(values)
    ]
    events = tuple(Mark(i + 0.5, label[i]) for i in range(4))
    marks = TimeMarks(events=events, ticks=ticks(0, 30), target=Mark(12, label[5]))
    limits = (label[6], label[7], label[8])
    return control(spots, fmt=exact, marks=marks, names=limits, **TEXTS)


def a_strip(label: list[str], values: Values) -> Chart:
    marks = [Mark(v, label[i]) for i, v in enumerate(values[:5]) if v is not None]
    own = Mark(values[0], label[9]) if values and values[0] is not None else None
    return strip(values, own, fmt=exact, marks=marks, **TEXTS)


def a_dotplot(label: list[str], values: Values) -> Chart:
    rows = tuple(
        Row(label[i], v, *_bounds(v), text=exact(v or 0), note=f"n = {i}", is_highlighted=i % 2 > 0)
        for i, v in enumerate(values)
    )
    groups = [Group(label[10], rows), Group(label[11], rows[:3])] if rows else []
    return dotplot(groups, fmt=exact, reference=Mark(50, label[12]), **TEXTS)


def a_gap(label: list[str], values: Values) -> Chart:
    periods = [label[i] for i in range(len(values))]
    both = (label[30], label[31])
    return gap(periods, values, values[::-1], fmt=exact, gap_label=label[32], names=both, **TEXTS)


def a_field(label: list[str], values: Values) -> Chart:
    points = [
        Place(label[i], v, -v if v is not None else None, Role.OWN, *_bounds(v))
        for i, v in enumerate(values)
    ]
    corners = (label[30], label[31], label[32], label[33])
    field = Field(label[34], label[35], 5, 5, corners, (exact, exact), limit=0)
    return quadrants(points, field, **TEXTS)


def a_slope(label: list[str], values: Values) -> Chart:
    pairs = [
        Slope(
            label[i], Wave(v, *_bounds(v)), Wave(w, *_bounds(w)), has_moved=i % 3 > 1, word="ökar"
        )
        for i, (v, w) in enumerate(zip(values, values[::-1], strict=True))
    ]
    return slope(pairs, (label[30], label[31]), fmt=exact, **TEXTS)


def some_tiles(label: list[str], values: Values) -> Chart:
    parts = [
        Tile(label[i], i // 5, i % 5, v, exact(v or 0), is_found=i % 4 > 2)
        for i, v in enumerate(values)
    ]
    return tiles(parts, **TEXTS)


def some_shares(label: list[str], values: Values) -> Chart:
    tones = (Tone.BAD, Tone.PLAIN, Tone.GOOD)
    answers = [
        Answer(label[i], abs(v or 0.0), exact(v or 0), tones[min(2, i // 4)])
        for i, v in enumerate(values)
    ]
    return shares(answers, good_text=label[30], **TEXTS)


def some_verdicts(label: list[str], values: Values) -> Chart:
    counts = {verdict: len(values) * i**4 for i, verdict in enumerate(Verdict)}
    words = dict(zip(Verdict, label, strict=False))
    return verdicts(counts, words=words, **TEXTS)


MAKERS: Mapping[str, Callable[[list[str], Values], Chart]] = {
    "timeline": a_timeline,
    "control": a_control,
    "strip": a_strip,
    "dotplot": a_dotplot,
    "gap": a_gap,
    "quadrants": a_field,
    "slope": a_slope,
    "tiles": some_tiles,
    "shares": some_shares,
    "verdicts": some_verdicts,
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("values", SERIES)
@pytest.mark.parametrize("kind", MAKERS)
def test_no_text_collides_or_is_lost(kind: str, values: str, seed: int) -> None:
    label = names(np.random.default_rng(seed), 40)
    chart = MAKERS[kind](label, SERIES[values])
    assert overlaps(text_boxes(chart)) == []
    assert outside(chart) == []


@pytest.mark.parametrize("kind", MAKERS)
def test_short_names_of_many_groups_keep_clear_too(kind: str) -> None:
    chart = MAKERS[kind]([f"Del {i}" for i in range(40)], SERIES["trettio"])
    assert overlaps(text_boxes(chart)) == []
    assert outside(chart) == []


@pytest.mark.parametrize("values", ["inga", "saknas"])
@pytest.mark.parametrize("kind", sorted(set(MAKERS) - {"verdicts", "dotplot"}))
def test_without_a_value_the_drawing_says_so(kind: str, values: str) -> None:
    chart = MAKERS[kind]([f"Del {i}" for i in range(40)], SERIES[values])
    assert written(chart) == ["Uppgift saknas"]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_drawing_is_no_taller_than_it_must(kind: str) -> None:
    chart = MAKERS[kind](names(np.random.default_rng(0), 40), SERIES["negativa"])
    height = float(chart.svg.split('viewBox="0 0 ')[1].split('"')[0].split()[1])
    assert height < 700
