"""Omvärld och befolkning: what happens around the kommun, and how many its nämnd will serve."""

from kvalitetslib.context import DemandSignal
from kvalitetslib.register import Outlook
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor, slug
from kvalitetslib.render.charts import Chart, Line, Mark, Point, Role, TimeMarks
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, Figure, Table, chapter, table_of
from kvalitetslib.render.said import plain
from kvalitetslib.render.sentences.claims import title
from kvalitetslib.render.sentences.outside import people_of
from kvalitetslib.report import Report

NOISY_FROM = 2025
"""Reference year from which SCB adds a little noise to every number."""
NOISE = (
    "Från och med 2025 lägger SCB en liten slumpmässig osäkerhet till varje tal. Därför går delar "
    "och summor inte alltid ihop."
)
SUMS = "Åldrarna är summerade här."
COUNTRY = "om som i riket"
_EVERY = 5
"""Years between the named years of the axis."""


def omvarld(report: Report) -> Chapter:
    """Dated outside factors, and the people of each age now and in the forecast."""
    look = Lookup(report)
    return chapter(
        "omvarld",
        "Omvärld och befolkning",
        "omvarld.html.j2",
        outlooks=_outlooks(report.outlooks) if report.outlooks else None,
        figures=[_figure(each, look) for each in report.demand],
        noise=NOISE if any(each.year >= NOISY_FROM for each in report.demand) else "",
    )


def _outlooks(outlooks: tuple[Outlook, ...]) -> Table:
    """The newest first."""
    rows = tuple(
        (each.title, wording.capital(each.quadrant), each.source, times.day(each.dated))
        for each in sorted(outlooks, key=lambda each: (-each.dated.toordinal(), each.id))
    )
    head = ("Vad händer", "Riktning", "Källa", "Datum")
    return Table("Omvärldsfaktorer", head, rows, as_cards=True, is_caption_shown=False)


def _figure(signal: DemandSignal, look: Lookup) -> Figure:
    evidence = look.evidence[signal.evidence]
    heading = title(evidence, look)
    people = wording.capital(people_of(signal.ages))
    last = signal.forecast[-1][0]
    links = [Cell("Belägg", href=f"#{evidence_anchor(evidence.id)}")]
    finding = look.finding(evidence)
    if finding is not None and finding.shown:
        name = wording.capital(finding.quadrant)
        links.insert(0, Cell(name, href=f"#{finding_anchor(finding.id)}"))
    return Figure(
        anchor=f"behov-{slug(signal.ages)}",
        title=heading,
        subtitle=f"{people} · antal personer 31 december · "
        f"folkmängd till {signal.year}, framskrivning till {last}",
        charts=(_chart(signal, look.report.kommun_namn, name=plain(heading)),),
        source=f"Källa: {signal.source}.",
        tables=(_table(signal),),
        note=SUMS,
        links=tuple(links),
    )


def _chart(signal: DemandSignal, kommun: str, *, name: str) -> Chart:
    """The number as a line, the forecast dashed, and where riket's change would have led."""
    now, last = (signal.year, signal.persons), signal.forecast[-1][0]
    lines = [
        Line(f"{kommun} {signal.year}", _points(signal.history)),
        Line(f"framskrivning {last}", _points((now, *signal.forecast)), Role.FORECAST),
    ]
    if signal.country:
        lines.append(Line(COUNTRY, _points(signal.country), Role.COUNTRY))
    years = [year for year, _ in (*signal.history, *signal.forecast)]
    named = [year for year in years if (year - signal.year) % _EVERY == 0]
    then = wording.number(signal.ahead_persons)
    return charts.timeline(
        lines,
        id=f"behov-{slug(signal.ages)}-linje",
        title=name,
        description=f"{wording.capital(people_of(signal.ages))}: "
        f"{wording.number(signal.history[0][1])} personer år {signal.history[0][0]}, "
        f"{wording.number(signal.persons)} år {signal.year} och {then} i framskrivningen för "
        f"år {signal.ahead_year}.",
        fmt=wording.number,
        marks=TimeMarks(ticks=tuple(Mark(year, str(year)) for year in named)),
    )


def _points(numbers: tuple[tuple[int, float], ...]) -> tuple[Point, ...]:
    return tuple(Point(year, persons) for year, persons in numbers)


def _table(signal: DemandSignal) -> Table:
    country = dict(signal.country)
    counted = {year for year, _ in signal.history}
    rows: list[list[str | Cell]] = []
    for year, persons in (*signal.history, *signal.forecast):
        name = Cell(str(year), note="" if year in counted else "framskrivning")
        beside = [wording.number(country[year]) if year in country else "–"] if country else []
        rows.append([name, wording.number(persons), *beside])
    head = ("År", "Antal", *([wording.capital(COUNTRY)] if country else []))
    return table_of(f"{wording.capital(people_of(signal.ages))}, antal personer", head, rows)
