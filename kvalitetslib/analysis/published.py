"""Surveys that came as finished tables: the latest figures of the own kommun, unchanged."""

import math

import pandas as pd

from kvalitetslib.analysis.survey import closed_items, indicator_of
from kvalitetslib.analysis.survey_question import owns
from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.model import Group, Kommun, Namnd
from kvalitetslib.period import parse_period
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.survey_result import PublishedResult, PublishedSurvey


def published_survey(survey: SurveyInput, kommun: Kommun, namnd: Namnd) -> PublishedSurvey | None:
    """The published survey as the nämnd sees it; None when the nämnd does not use it."""
    codebook, rows = survey.codebook, survey.published
    if rows.empty or codebook.key not in namnd.surveys:
        return None
    own = rows[(rows["kommun_or_enhet"].str.casefold() == kommun.namn.casefold()).to_numpy()]
    rows = rows if own.empty else own
    period = max(rows["period"].unique(), key=lambda text: parse_period(text).at)
    rows = rows[(rows["period"] == period).to_numpy()]
    return PublishedSurvey(
        key=codebook.key,
        name=codebook.name,
        source=codebook.source,
        population=codebook.population,
        period=str(period),
        results=tuple(
            _result(row, max(codebook.smallest_n, kommun.policy.smallest_group))
            for row in rows.to_dict("records")
        ),
        excluded=survey.excluded,
        note=codebook.note,
        indicators=tuple(
            indicator_of(codebook, each)
            for each in closed_items(codebook)
            if owns(namnd, each, codebook.key)
        ),
    )


def _result(row: dict[str, object], smallest: int) -> PublishedResult:
    return PublishedResult(
        question=str(row["question"]),
        answer=str(row["answer"]),
        period=str(row["period"]),
        unit=str(row["kommun_or_enhet"]),
        group=Group(str(row["gender"]), str(row["age"]), str(row["area"]), str(row["other"])),
        cell=_cell(pd.Series(row), smallest),
        differs=bool(row["differs"]),
    )


def _cell(row: pd.Series, smallest: int) -> Cell:
    value, low, high, n = (float(row[name]) for name in ("value", "low", "high", "n"))
    if n < smallest:
        return Withheld(WithheldReason.SMALL_GROUP)
    if math.isnan(value):
        return Withheld(WithheldReason.NOT_PUBLISHED)
    return Estimate(
        value, _known(low), _known(high), _known(n), None, "publicerat värde", quality=""
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number
