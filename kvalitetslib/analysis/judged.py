"""An analyst's judgements beside the machine's: which evidence they are about, and if it stands.

A judgement notes the evidence's state. It is current as long as the state is the same; without a
noted state it is only known to be overtaken when newer data have come.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kvalitetslib.context import Judgement, JudgementDecision, JudgementState
from kvalitetslib.period import parse_period, quarter_of
from kvalitetslib.report import Evidence


def judgements_of(
    frame: pd.DataFrame, evidence: Sequence[Evidence], *, namnd: str, through: date
) -> tuple[Judgement, ...]:
    """The judgements that belong in a nämnd's report, oldest first.

    Parameters
    ----------
    frame : rows of contracts.JUDGEMENTS.
    evidence : all evidence of all nämnder, outlooks too.
    namnd : key of the nämnd whose report it is.
    through : the last day that the report has data for.

    Notes
    -----
    An id says nothing about what it was made from. A judgement whose evidence is gone therefore
    stands in the nämnd that its row names, and in every report when it names none: better told
    twice than lost.
    """
    known = {each.id: each for each in evidence}
    # A report is judged in the quarter after its own; later judgements are of later reports.
    last = quarter_of(through + timedelta(days=1)).end
    found = [
        _judgement(row, known, through)
        for row in frame.to_dict("records")
        if _belongs(row, known, namnd) and row["dated"].date() <= last
    ]
    return tuple(sorted(found, key=lambda each: (each.dated, each.evidence, each.role)))


def _belongs(row: Mapping[Any, Any], known: Mapping[str, Evidence], namnd: str) -> bool:
    judged = known.get(row["evidence"])
    return judged.namnd == namnd if judged is not None else row["namnd"] in ("", namnd)


def _judgement(row: Mapping[Any, Any], known: Mapping[str, Evidence], through: date) -> Judgement:
    dated = row["dated"].date()
    return Judgement(
        evidence=row["evidence"],
        role=row["role"],
        dated=dated,
        decision=JudgementDecision(row["decision"]),
        reason=row["reason"],
        comment=row["comment"],
        state=_state(known.get(row["evidence"]), row["state"], dated, through),
    )


def _state(judged: Evidence | None, noted: str, dated: date, through: date) -> JudgementState:
    if judged is None:
        return JudgementState.GONE
    if noted:
        return JudgementState.CURRENT if noted == judged.state else JudgementState.CHANGED
    if min(_end(judged.period), through) > dated:
        return JudgementState.CHANGED
    return JudgementState.UNKNOWN


def _end(period: str) -> date:
    """The last day of the evidence's period; an outlook's is the day it was noted."""
    try:
        return parse_period(period).end
    except ValueError:
        return date.fromisoformat(period)
