"""One ordinary chart and one nasty one of each kind, made by functions so that ids can vary."""

from collections.abc import Callable, Mapping
from math import sin
from typing import TypedDict

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
    spark,
    strip,
    tiles,
    timeline,
    verdicts,
    wheel,
)

HOSTILE = '</svg><script>alert("x")</script>&\x00\ud800'
LONG = "Kommunledningsförvaltningens ekonomiavdelning och övriga staber " * 3


class Texts(TypedDict):
    """The arguments that every chart takes."""

    id: str
    title: str
    description: str


TEXTS: Texts = {"id": "f1", "title": "Trygghet", "description": "Lägst i Norrmalm."}


def plain(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def ticks(first: int, last: int) -> tuple[Mark, ...]:
    return tuple(Mark(year, str(year)) for year in range(first, last + 1))


def own_line(label: str, values: list[float | None], role: Role = Role.OWN) -> Line:
    return Line(label, tuple(Point(2018 + i, v) for i, v in enumerate(values)), role)


def a_timeline(label: str = "Exempelkommun", texts: Texts = TEXTS) -> Chart:
    lines = [
        own_line(label, [74, 73, None, 70, 69, 68]),
        own_line("länet", [77, 77, 77, 77, 77, 77], Role.COUNTY),
        own_line(label, [76, 76, 76, 76, 76, 76.5], Role.PEERS),
    ]
    marks = TimeMarks(
        ticks=ticks(2018, 2023),
        target=Mark(77.2, label),
        events=(Mark(2020.2, label), Mark(2020.4, "Å-07"), Mark(2022.9, label)),
        breaks=(Mark(2019.5, "ny fråga"),),
    )
    return timeline(lines, fmt=plain, marks=marks, **texts)


def a_strip(label: str = "vi 68 %", texts: Texts = TEXTS) -> Chart:
    marks = (Mark(77, "länet"), Mark(76.8, label), Mark(81, label, Role.BEST))
    values = [50 + 40 * abs(sin(i)) for i in range(290)]
    return strip(values, Mark(68, label), fmt=plain, marks=marks, interval=(66, 70), **texts)


def a_dotplot(label: str = "Norrmalm", texts: Texts = TEXTS) -> Chart:
    rows = (
        Row("kvinnor", 57, 53, 61, "57 %", "n = 611", Role.WOMEN),
        Row("män", 65, 61, 69, "65 %", "n = 548", Role.MEN),
        Row(label, 44, 37, 51, label, label, is_highlighted=True),
        Row("80 år och äldre", None, withheld="visas inte, för få svar"),
        Row("Sjövik", 52, 40, 64, "52 %", "n = 41", before=44, is_uncertain=True),
        Row("Strand", 52, text="52 %", before=44),
        Row(label, None),
    )
    groups = [Group(label, rows), Group("Område", rows[2:])]
    return dotplot(groups, fmt=plain, reference=Mark(61, label), **texts)


def a_spark(label: str = "Antal", texts: Texts = TEXTS) -> Chart:
    described: Texts = {**texts, "description": label}
    return spark([3, None, 4, 5], target=4, **described)


def a_gap(label: str = "gap 8", texts: Texts = TEXTS) -> Chart:
    periods = ["2021", label, "2023"]
    names = ("kvinnor", label)
    return gap(
        periods, [57, None, 58], [65, 64, 66], fmt=plain, gap_label=label, names=names, **texts
    )


def a_control(label: str = "Å-07 ny rutin", texts: Texts = TEXTS) -> Chart:
    values = [14 + 3 * sin(i) if i != 7 else None for i in range(20)]
    spots = [
        Spot(
            float(i),
            value,
            *((14.0, 9.0 + i % 2, 19.0 - i % 2) if i < 12 else (10.0, 8.0, 12.0)),
            signal=(i > 14) - (i < 2),
            is_good=None if i > 17 else i > 14,
            phase=int(i > 11),
        )
        for i, value in enumerate(values)
    ]
    marks = TimeMarks(events=(Mark(4, label), Mark(5, label)), target=Mark(10, label))
    names = ("medel", label, "övre gräns")
    return control(spots, fmt=plain, marks=marks, names=names, **texts)


def a_verdicts(label: str = "bättre", texts: Texts = TEXTS) -> Chart:
    words = dict.fromkeys(Verdict, label)
    return verdicts({Verdict.BETTER: 1, Verdict.UNDECIDED: 90}, words=words, **texts)


def a_wheel(label: str = "Förbättringshjulet", texts: Texts = TEXTS) -> Chart:
    named: Texts = {**texts, "title": label}
    return wheel(3, **named)


def a_field(label: str = "Östersund", texts: Texts = TEXTS) -> Chart:
    points = [Place(f"{label} {i}", 5 + sin(i), 5 + sin(i * 1.7)) for i in range(12)]
    points.append(Place(label, 5.4, 5.9, Role.PEERS, 4.9, 6.2, 5.1, 6.3))
    field = Field("kvalitet", label, 5, 5, ("dyrt", label, "billigt", "billigt och bra"))
    return quadrants(points, field, **texts)


def a_slope(label: str = "Trygg på skolan", texts: Texts = TEXTS) -> Chart:
    slopes = [
        Slope(label, Wave(61, 58, 64), Wave(70, 67, 73), has_moved=True, word="ökar"),
        Slope("Inflytande", Wave(60, 57, 63), Wave(61, 58, 64)),
        Slope(label, Wave(48), Wave(48)),
        Slope("flickor", Wave(62, 55, 69), Wave(60.5, 54, 67), role=Role.WOMEN),
        Slope("pojkar", Wave(None), Wave(60), withheld="för få svar"),
    ]
    return slope(slopes, (f"{label} 2024", f"{label} 2026"), fmt=plain, **texts)


def some_tiles(label: str = "Sjöbygden", texts: Texts = TEXTS) -> Chart:
    parts = [
        Tile("Norrskogen", 1, 2, 61, "61 %"),
        Tile(label, 2, 1, 44, label, is_found=True),
        Tile("Centrum", 2, 2, 70, "70 %"),
        Tile(label, 2, 3, None),
        Tile("Öarna", 3, 3, 12, "12 %", withheld="visas inte"),
    ]
    return tiles(parts, **texts)


def some_shares(label: str = "Mycket otrygg", texts: Texts = TEXTS) -> Chart:
    answers = [
        Answer(label, 8, "8 %", Tone.BAD),
        Answer("Ganska otrygg", 26, "26 %", Tone.BAD),
        Answer("Varken eller", 0, "0 %"),
        Answer(label, 37, "37 %", Tone.GOOD),
        Answer("Mycket trygg", 29, "29 %", Tone.GOOD),
    ]
    return shares(answers, good_text=f"positiva svar {label}", **texts)


CASES: Mapping[str, Callable[..., Chart]] = {
    "timeline": a_timeline,
    "strip": a_strip,
    "dotplot": a_dotplot,
    "spark": a_spark,
    "gap": a_gap,
    "control": a_control,
    "verdicts": a_verdicts,
    "wheel": a_wheel,
    "quadrants": a_field,
    "slope": a_slope,
    "tiles": some_tiles,
    "shares": some_shares,
}
