"""The pages that are checked: rich, empty, real, index, and those made of bad input."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from example_evidence import SMALL, evidence, finding, indicator, known, points
from example_report import SCHOOL, YEARS, empty_report, example_report, result

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.model import Direction, Group, Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.render import CHAPTERS, IndexRow, index_page, page
from kvalitetslib.render.editions import RESIDENTS, STAFF, edition_page
from kvalitetslib.render.overview import kommun_page
from kvalitetslib.report import (
    Freshness,
    IndicatorResult,
    Point,
    Question,
    Report,
    Series,
    Verdict,
)
from kvalitetslib.sources.inputs import read_inputs

DATA = Path(__file__).parents[2] / "data"
LONG_NAME = (
    "Nämnden för barnomsorg, grundskola, gymnasieskola, vuxenutbildning, arbetsmarknad, "
    "integration, kultur, fritid, folkhälsa, trygghet, tillgänglighet och medborgarinflytande i A"
)
LONG_WORD = "Samhällsbyggnads" + "förvaltnings" * 13 + "nämnden."
assert len(LONG_NAME) > 170
assert len(LONG_WORD) == 180
BAD = (
    "långt-namn",
    "långt-ord",
    "många-fynd",
    "inga-fynd",
    "ett-värde",
    "enorma-värden",
    "allt-dolt",
)
GOOD = ("rik", "tom", "index")
INDEX_ROWS = (
    IndexRow(
        "exempel",
        "Exempelkommun",
        "bun",
        "Barn- och utbildningsnämnden",
        "exempel/bun.html",
        ((Verdict.BETTER, 6), (Verdict.WORSE, 4), (Verdict.LEVEL, 3), (Verdict.UNDECIDED, 2)),
        synthetic=True,
    ),
    IndexRow("exempel", "Exempelkommun", "lang", LONG_NAME, "exempel/lang.html"),
    IndexRow("exempel", "Exempelkommun", "fel", "Felnämnden", "", failed="Cell 4: Filen saknas."),
)


def html_of(report: Report) -> str:
    return page([each(report) for each in CHAPTERS], title=f"{report.namnd_namn}, kvartal 3 2026")


@cache
def good_pages() -> dict[str, str]:
    """Name to HTML of the made-up pages."""
    pages = html_of(example_report()), html_of(empty_report()), index_page(INDEX_ROWS, "2026K3")
    return dict(zip(GOOD, pages, strict=True))


@cache
def real_page(namnd: str) -> str:
    """A page of the example municipality, from its files and through every floor."""
    return html_of(_assessment().report(namnd))


@cache
def _assessment() -> Assessment:
    quarter = parse_period("2026K3")
    inputs = read_inputs(DATA, "exempelkommun", quarter=quarter, today=date(2026, 10, 15))
    return assess(inputs, quarter=quarter)


@cache
def other_pages() -> dict[str, str]:
    """The pages of other readers, from the made-up report."""
    report = example_report()
    editions = {each.suffix: edition_page(report, each) for each in (RESIDENTS, STAFF)}
    return editions | {"kommun": kommun_page([report, empty_report()])}


@cache
def bad_pages() -> dict[str, str]:
    """Name to HTML of pages whose input is long, many, few, odd or hidden."""
    report = example_report()
    reports = (
        replace(report, namnd_namn=LONG_NAME, kommun_namn=LONG_NAME),
        replace(report, namnd_namn=LONG_WORD, kommun_namn=LONG_WORD),
        many_findings(200),
        replace(report, findings=()),
        one_value(),
        huge_values(),
        all_withheld(),
    )
    return {name: html_of(each) for name, each in zip(BAD, reports, strict=True)}


def many_findings(count: int) -> Report:
    """A finding and its evidence for each of as many areas of one indicator."""
    base = replace(example_report(), judgements=(), doubts=())
    claims = [
        evidence(
            SCHOOL.id,
            Question.GAP,
            Verdict.WORSE,
            group=Group(other=f"Skola: {LONG_WORD[:60]} {i}"),
        )
        for i in range(count)
    ]
    found = [finding(Quadrant.WEAKNESS, "W3", each, 1 / (i + 1)) for i, each in enumerate(claims)]
    return replace(base, all_evidence=base.all_evidence + tuple(claims), findings=tuple(found))


def one_value() -> Report:
    """One indicator that has been measured once."""
    return _of(_measured("N1", points(["2025"], [4.0])))


def huge_values() -> Report:
    """Values below zero, of many digits, and so near each other that an axis has no room."""
    return _of(
        _measured("N1", points(YEARS, [-(10.0**i) for i in range(9, 18)])),
        _measured("N2", points(YEARS, [10.0**15 + i for i in range(9)])),
        _measured("N3", points(YEARS, [-0.04, 0.0, 0.04] * 3)),
        _measured("N4", points(YEARS, [1e-9 * i for i in range(9)])),
    )


def all_withheld() -> Report:
    """Every value of every group belongs to too few persons."""
    hidden = points(YEARS, [None] * 9)
    groups = (Group(), Group("K"), Group("M"), Group(age="18–29 år"))
    parts = tuple(Series(each, hidden) for each in groups)
    return _of(
        *(
            result(
                indicator(f"N{i}", LONG_WORD[:80], "Andelen elever"),
                latest=Point("2025", hidden[-1].at, SMALL),
                series=parts[:3],
                breakdown=parts[3:],
                freshness=Freshness.NEW,
            )
            for i in range(3)
        )
    )


def weighty(count: int) -> Report:
    """As many indicators, each with nine years for all, women and men, and so with a chart."""
    series = example_report().indicators[0]
    copies = [
        replace(series, indicator=replace(SCHOOL, id=f"N{i:05}", title=f"Behöriga elever {i}"))
        for i in range(count)
    ]
    return _of(*copies)


def _measured(id: str, values: tuple[Point, ...]) -> IndicatorResult:
    return result(
        indicator(id, f"Mätning {id}", f"Värdet {id}", direction=Direction.LOW, unit="kronor"),
        latest=values[-1],
        freshness=Freshness.NEW,
        series=(Series(Group(), values), Series(Group("K"), values)),
    )


def _of(*results: IndicatorResult) -> Report:
    """A report of these indicators, each with one claim, so that each has a chart."""
    claims = tuple(
        evidence(
            each.indicator.id,
            Question.LEVEL,
            Verdict.WORSE,
            cell=each.latest.cell if each.latest else known(1.0),
        )
        for each in results
    )
    found = tuple(finding(Quadrant.WEAKNESS, "W1", each, 1.0) for each in claims)
    return replace(empty_report(), indicators=results, all_evidence=claims, findings=found)
