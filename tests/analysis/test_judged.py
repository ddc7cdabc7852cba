"""Judgements: whose report they stand in, and whether the evidence is what was judged."""

from datetime import date

import pandas as pd
import pytest
from analysis.made_evidence import evidence

from kvalitetslib.analysis.judged import judgements_of
from kvalitetslib.context import Judgement, JudgementDecision, JudgementState
from kvalitetslib.report import Evidence, Question

THROUGH = date(2026, 9, 30)
COLUMNS = ("evidence", "role", "dated", "decision", "reason", "comment", "state", "namnd")


def row(id: str = "B-a", dated: str = "2026-10-12", **more: str) -> dict[str, object]:
    given: dict[str, object] = {
        "evidence": id,
        "role": "rektor",
        "dated": pd.Timestamp(dated),
        "decision": "bekräfta",
        "reason": "Stämmer.",
        "comment": "",
        "state": "a1b2",
        "namnd": "",
    }
    return {**given, **more}


def judged(*rows: dict[str, object], claims: tuple[Evidence, ...] = ()) -> tuple[Judgement, ...]:
    known = claims or (evidence("a", state="a1b2"),)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return judgements_of(frame, known, namnd="namnden", through=THROUGH)


def state(*rows: dict[str, object], **more: object) -> JudgementState:
    return judged(*rows, claims=(evidence("a", **{"state": "a1b2", **more}),))[0].state


def test_the_words_of_a_judgement_are_kept() -> None:
    found = judged(row(decision="avfärda", comment="Se protokollet."))[0]
    assert found == Judgement(
        "B-a",
        "rektor",
        date(2026, 10, 12),
        JudgementDecision.REJECT,
        "Stämmer.",
        "Se protokollet.",
        JudgementState.CURRENT,
    )


def test_another_state_means_that_the_evidence_has_changed() -> None:
    assert state(row(state="ffff")) is JudgementState.CHANGED


def test_without_a_state_one_cannot_tell() -> None:
    assert state(row(state="")) is JudgementState.UNKNOWN


def test_without_a_state_newer_data_mean_a_change() -> None:
    assert state(row(state="", dated="2025-10-12")) is JudgementState.CHANGED


def test_the_same_state_holds_whenever_it_was_noted() -> None:
    assert state(row(dated="2025-10-12")) is JudgementState.CURRENT


def test_a_wave_named_by_its_year_is_not_newer_than_the_data() -> None:
    assert state(row(state=""), period="2026") is JudgementState.UNKNOWN


def test_an_outlook_is_as_old_as_its_date() -> None:
    about = {"period": "2026-06-15", "question": Question.OUTLOOK}
    assert state(row(state=""), **about) is JudgementState.UNKNOWN
    assert state(row(state="", dated="2026-01-10"), **about) is JudgementState.CHANGED


def test_evidence_of_another_namnd_is_left_to_its_report() -> None:
    other = evidence("a", namnd="andra", state="a1b2")
    assert judged(row(namnd="namnden"), claims=(other,)) == ()


@pytest.mark.parametrize(("namnd", "count"), [("", 1), ("namnden", 1), ("andra", 0)])
def test_evidence_that_is_gone_stands_where_its_row_says(namnd: str, count: int) -> None:
    found = judged(row("B-gone", namnd=namnd))
    assert [each.state for each in found] == [JudgementState.GONE] * count


def test_judgements_come_in_order_of_date() -> None:
    found = judged(row(dated="2026-10-12"), row(dated="2026-10-02"), row("B-gone", "2026-10-08"))
    assert [each.dated.day for each in found] == [2, 8, 12]


def test_no_rows_give_no_judgements() -> None:
    assert judged() == ()
