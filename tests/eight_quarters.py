"""The example's eight quarters made in order, each read and compared with the one before on disk.

Only the nämnder with stories, with their own monthly indicators: other municipalities' values and
surveys take most of the time and tell nothing of the stories.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.batch.earlier import compared
from kvalitetslib.case import Case
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard
from kvalitetslib.render.parts import Chapter
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json
from kvalitetslib.sources.inputs import Inputs, read_inputs
from kvalitetslib.wheel import Effect, GoalState

DATA = Path(__file__).parents[1] / "data"
QUARTERS = (
    "2024K4", "2025K1", "2025K2", "2025K3", "2025K4", "2026K1", "2026K2", "2026K3",
)  # fmt: skip
KS, BUN, SN = "kommunstyrelsen", "barn-och-utbildning", "socialnamnden"
KFN, SBN, MN = "kultur-och-fritid", "samhallsbyggnad", "miljo"
NAMNDER = (KS, BUN, SN, KFN, SBN, MN)
TODAY = date(2026, 10, 15)

Write = Callable[[Report], Chapter]


@dataclass(frozen=True)
class Eight:
    """The reports by quarter and nämnd, and what their chapters say."""

    reports: dict[tuple[str, str], Report]
    files: dict[tuple[str, str], bytes]

    def of(self, namnd: str) -> tuple[Report, ...]:
        """The nämnd's reports in order of time."""
        return tuple(self.reports[quarter, namnd] for quarter in QUARTERS)

    def pairs(self) -> Iterator[tuple[Report, Report]]:
        """Each report with that of the quarter after."""
        for namnd in NAMNDER:
            yield from pairwise(self.of(namnd))

    def cases(self, namnd: str, about: str) -> dict[str, Case]:
        """The case of everyone for an indicator, category or promise, by quarter."""
        return {
            report.quarter: case
            for report in self.of(namnd)
            for case in report.cases
            if case.key.about == about and case.key.group.is_total
        }

    def effects(self, namnd: str, atgard: str) -> dict[str, Effect]:
        """The effect of an åtgärd by quarter."""
        return {
            report.quarter: effect
            for report in self.of(namnd)
            for effect in report.effects
            if effect.atgard == atgard
        }

    def goals(self, namnd: str, goal: str) -> dict[str, GoalState]:
        """The state of a goal by quarter."""
        return {
            report.quarter: state
            for report in self.of(namnd)
            for state in report.goal_states
            if state.goal == goal
        }

    def atgarder(self, namnd: str, id: str) -> dict[str, Atgard]:
        """An åtgärd by quarter, from the one in which it was decided."""
        return {
            report.quarter: atgard
            for report in self.of(namnd)
            for atgard in report.atgarder
            if atgard.id == id
        }

    def words(self, quarter: str, namnd: str, write: Write) -> str:
        """All that a chapter of a report says, in one line."""
        return _words(self.reports[quarter, namnd], write)


@cache
def _words(report: Report, write: Write) -> str:
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", write(report).html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", text)).replace("\N{NO-BREAK SPACE}", " ")


def eight_quarters(folder: Path) -> Eight:
    """Make all quarters below ``folder``, as ``kvalitet rapport`` does but for the pages."""
    reports: dict[tuple[str, str], Report] = {}
    earlier: dict[str, Path] = {}
    for quarter in QUARTERS:
        for report in _made(quarter):
            told = compared(report, earlier.get(report.namnd))
            path = folder / quarter / told.kommun / f"{told.namnd}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(to_json(told), "utf-8")
            reports[quarter, told.namnd] = told
            earlier[told.namnd] = path
    paths = {key: folder / key[0] / each.kommun / f"{key[1]}.json" for key, each in reports.items()}
    return Eight(reports, {key: path.read_bytes() for key, path in paths.items()})


def _made(quarter: str) -> Iterator[Report]:
    period = parse_period(quarter)
    inputs = _with_stories(read_inputs(DATA, "exempelkommun", quarter=period, today=TODAY))
    assessment = assess(inputs, quarter=period)
    return (assessment.report(each) for each in NAMNDER)


def _with_stories(inputs: Inputs) -> Inputs:
    """The nämnder with stories and what they count each month themselves."""
    dense = set(inputs.values.loc[inputs.values["period"].str.contains("M"), "indicator"])
    namnder = tuple(
        replace(each, indicators=tuple(id for id in each.indicators if id in dense))
        for each in inputs.kommun.namnder
        if each.nyckel in NAMNDER
    )
    return replace(inputs, kommun=replace(inputs.kommun, namnder=namnder), surveys=())
