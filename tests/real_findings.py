"""What the nulägesanalys of real municipalities says, beside the raw series, to be judged by eye.

Run by hand: ``python tests/real_findings.py ../shared/realdata`` prints each strength and weakness
of the ten municipalities with the raw values it rests on, and last the list that
``test_real_findings.py`` holds. When the analysis is changed on purpose: read every line that is
new or gone beside its values, and change the list only when each can be defended. Any name can be
given after the folder, and ``alla`` prints how many lines each of the 290 has.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import real_kommuner

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.model import Quadrant, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Evidence, Finding, Question, Report
from kvalitetslib.sources.inputs import read_inputs

QUARTER = parse_period("2020K4")
TODAY = date(2021, 6, 1)
TEN = (
    *real_kommuner.FIVE,
    "Stockholm",
    "Malmö",
    "Karlskrona",
    "Mjölby",
    "Sorsele",
)
"""Five medium ones, the largest, another city, and then ever smaller ones."""
YEARS = 3
"""A level is the mean of so many years; all ten have that many since the last series break."""
PRESENT = (Quadrant.STRENGTH, Quadrant.WEAKNESS)


@dataclass(frozen=True, order=True)
class Line:
    """A strength or weakness as it is known in the test's list."""

    kommun: str
    indicator: str
    gender: str
    rule: str
    verdict: str


@dataclass(frozen=True)
class Plain:
    """The numbers behind a line, worked out from the raw file alone."""

    value: float
    reference: float
    difference: float


def report_of(data: Path, name: str) -> Report:
    """The report of the one nämnd of a kommun that `real_kommuner.build` has written."""
    key = real_kommuner.key_of(name)
    inputs = read_inputs(data, key, quarter=QUARTER, today=TODAY)
    return assess(inputs, quarter=QUARTER).reports()[0]


def present(report: Report) -> Iterator[tuple[Line, Finding, Evidence]]:
    """The strengths and weaknesses of a report, in the order of the report."""
    for finding in report.findings:
        if finding.quadrant in PRESENT:
            evidence = report.evidence(finding.evidence[0])
            line = Line(
                report.kommun_namn,
                evidence.indicator,
                evidence.group.gender,
                finding.rule,
                evidence.verdict.value,
            )
            yield line, finding, evidence


def plain_numbers(realdata: Path, name: str, evidence: Evidence) -> Plain:
    """Own latest value, what it is held against and the difference, by plain sums.

    All indicators of the raw file that have a good direction are better the higher they are.
    """
    kpi, values = evidence.indicator, real_kommuner.raw_values(realdata)
    if evidence.question is Question.GAP:
        year = _latest(values[name][kpi], "K", "M")
        women, men = values[name][kpi][year]["K"], values[name][kpi][year]["M"]
        return Plain(women, men, -abs(women - men))
    if evidence.question is not Question.LEVEL or evidence.reference is None:
        raise NotImplementedError(f"no plain numbers for {evidence.question}")
    years = sorted(year for year, cell in values[name][kpi].items() if cell["T"] is not None)
    others = _others(realdata, name, evidence.reference.kind)
    totals = {
        year: [_total(values, other, kpi, year) for other in others] for year in years[-YEARS:]
    }
    medians = {
        year: float(np.median([each for each in known if each is not None]))
        for year, known in totals.items()
    }
    ahead = [values[name][kpi][year]["T"] - median for year, median in medians.items()]
    last = years[-1]
    return Plain(values[name][kpi][last]["T"], medians[last], float(np.mean(ahead)))


def plain_peer_gap(realdata: Path, name: str, kpi: str) -> float:
    """Median of women minus men among the similar municipalities in the latest own year."""
    values = real_kommuner.raw_values(realdata)
    year = _latest(values[name][kpi], "K", "M")
    cells = [
        values[other].get(kpi, {}).get(year, {})
        for other in _others(realdata, name, ReferenceKind.PEERS)
    ]
    gaps = [
        cell["K"] - cell["M"]
        for cell in cells
        if cell.get("K") is not None and cell.get("M") is not None
    ]
    return float(np.median(gaps))


def _latest(years: dict, *sexes: str) -> str:
    """The last year with a total, where the sexes asked for have to be known."""
    last = max(year for year, cell in years.items() if cell["T"] is not None)
    if any(years[last].get(sex) is None for sex in sexes):
        raise LookupError(f"{sexes} not known in {last}")
    return last


def _others(realdata: Path, name: str, kind: ReferenceKind) -> list[str]:
    names = real_kommuner.names(realdata)
    own = {name: code for code, name in names.items()}[name]
    codes = {
        ReferenceKind.PEERS: lambda: real_kommuner.school_peers(realdata, name),
        ReferenceKind.COUNTY: lambda: real_kommuner.county(realdata, own),
    }[kind]()
    return [names[code] for code in codes if code != own]


def _total(values: dict, name: str, kpi: str, year: str) -> float | None:
    total: float | None = values[name].get(kpi, {}).get(year, {}).get("T")
    return total


def _print_line(realdata: Path, line: Line, finding: Finding, evidence: Evidence) -> None:
    reference = evidence.reference
    held = "" if reference is None else f"{reference.label} {reference.value:.2f}"
    print(
        f"{line.kommun} {line.indicator} {line.rule} {line.verdict}, {evidence.certainty}: "
        f"{evidence.difference:+.2f} [{evidence.low:+.2f}, {evidence.high:+.2f}] mot {held}, "
        f"delta {evidence.delta}, q {evidence.q:.4f}{', tveksamt' if finding.doubted else ''}"
    )
    values = real_kommuner.raw_values(realdata)
    for year, cell in sorted(values[line.kommun][line.indicator].items()):
        others = _others(realdata, line.kommun, ReferenceKind.PEERS)
        known = [_total(values, other, line.indicator, year) for other in others]
        shown = " ".join(f"{each:.1f}" if each is not None else "–" for each in known)
        print(f"    {year} T {cell['T']} K {cell.get('K')} M {cell.get('M')}   andra: {shown}")


def _main(realdata: Path, names: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        real_kommuner.build(realdata, Path(folder), names)
        lines = [each for name in names for each in present(report_of(Path(folder), name))]
    for each in lines:
        _print_line(realdata, *each)
    print(*(f"    {line}," for line, _, _ in lines), sep="\n")


def _count_all(realdata: Path) -> None:
    names = tuple(real_kommuner.raw_values(realdata))
    with tempfile.TemporaryDirectory() as folder:
        real_kommuner.build(realdata, Path(folder), names)
        reports = [report_of(Path(folder), name) for name in names]
    lines = Counter(sum(each.quadrant in PRESENT for each in r.findings) for r in reports)
    print("styrkor och svagheter per kommun:", dict(sorted(lines.items())))
    print("regler:", dict(Counter(each.rule for r in reports for each in r.findings)))
    print("tveksamma värden:", sum(len(r.doubts) for r in reports))


if __name__ == "__main__":
    if sys.argv[2:] == ["alla"]:
        _count_all(Path(sys.argv[1]))
    else:
        _main(Path(sys.argv[1]), tuple(sys.argv[2:]) or TEN)
