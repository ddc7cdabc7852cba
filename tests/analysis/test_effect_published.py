"""An åtgärd measured by a survey that came as finished tables, where they say how many answered."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from analysis.made import indicator, inputs, kommun, rows
from analysis.made_survey import codebook, item, wave

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.codebook import Measure
from kvalitetslib.model import Group, Kommun, Source
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.render import CHAPTERS
from kvalitetslib.render.chapters.atgarda import atgarda
from kvalitetslib.report import Report, Verdict
from kvalitetslib.sources.published import no_results
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.wheel import EffectMethod, NoEffect

ATGARD = Atgard(
    "A-1", "namnden", "Ny rutin", Status.DONE, indicator="prov:f1", start=date(2024, 1, 20)
)
MADE = codebook(item("f1", delta=3.0), waves=(wave("2022"),))


def published(*values: tuple[str, float, float], **more: object) -> pd.DataFrame:
    """One published value a row: period, percent in favour and how many answered."""
    given: dict[str, object] = {"item": "f1", "question": "Fråga f1?", "answer": "", "gender": "T"}
    given |= {"kommun_or_enhet": "Provkommun", "age": "", "area": "", "other": ""}
    frame = pd.DataFrame([{**given, "period": p, "value": v, "n": n, **more} for p, v, n in values])
    return frame.reindex(columns=no_results().columns).astype(
        {"value": float, "low": float, "high": float, "n": float}
    )


def own_kommun() -> Kommun:
    made = kommun(indicator("A"))
    return replace(made, namnder=(replace(made.namnder[0], surveys=("prov",)),))


def report_of(frame: pd.DataFrame, *, atgard: Atgard = ATGARD, made: object = MADE) -> Report:
    survey = SurveyInput(made, (), Source("Enkät", "", "0" * 64), frame, (), ())  # type: ignore[arg-type]
    given = inputs(own_kommun(), rows("A", [50.0]), atgarder=(atgard,), surveys=(survey,))
    return assess(given, quarter=parse_period("2025K4")).report("namnden")


TWO_BEFORE = (("2022", 61.0, 800.0), ("2023", 60.0, 820.0), ("2025", 72.0, 790.0))


def test_published_waves_are_compared_when_n_is_known() -> None:
    effect = report_of(published(*TWO_BEFORE)).effects[0]
    assert (effect.method, effect.verdict) == (EffectMethod.WAVES, Verdict.BETTER)
    assert (effect.before, effect.after) == (("2022", "2023"), ("2025", "2025"))
    # Standard error: sqrt(60 x 40 / 820 + 72 x 28 / 790) = 2.34 points.
    assert effect.change == 12.0
    assert (effect.low, effect.high) == (7.0, 17.0)


def test_a_published_interval_goes_before_n() -> None:
    wide = published(*TWO_BEFORE)
    wide["low"], wide["high"] = wide["value"] - 12, wide["value"] + 12
    assert report_of(wide).effects[0].verdict is Verdict.UNDECIDED


def test_answers_in_favour_are_put_together() -> None:
    halves = [
        published(*((p, v / 2, n) for p, v, n in TWO_BEFORE), answer=each)
        for each in ("Ganska bra", "Mycket bra")
    ]
    against = published(*((p, 100 - v, n) for p, v, n in TWO_BEFORE), answer="Mycket dåligt")
    effect = report_of(pd.concat([*halves, against], ignore_index=True)).effects[0]
    assert effect.values == (("2022", 61.0), ("2023", 60.0), ("2025", 72.0))


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (published(("2022", 61.0, 800.0), ("2025", 72.0, 3.0)), NoEffect.HIDDEN),
        (published(("2022", 61.0, 800.0)), NoEffect.TOO_EARLY),
        (published(("2025", 61.0, 800.0)), NoEffect.TOO_FEW),
        (published(*TWO_BEFORE, gender="K"), NoEffect.TOO_FEW),
        (published(("2022", 61.0, float("nan")), ("2025", 72.0, 800.0)), NoEffect.TOO_FEW),
    ],
)
def test_what_cannot_be_compared_says_why(frame: pd.DataFrame, why: NoEffect) -> None:
    assert report_of(frame).effects[0].why_not is why


def test_values_of_many_units_are_not_put_together() -> None:
    schools = [published(*TWO_BEFORE, kommun_or_enhet=each) for each in ("Enskolan", "Alskolan")]
    assert report_of(pd.concat(schools)).effects[0].why_not is NoEffect.TOO_FEW


def test_a_mean_without_an_interval_has_no_error_to_be_tested_by() -> None:
    means = codebook(item("f1", Measure.MEAN), waves=(wave("2022"),))
    assert report_of(published(*TWO_BEFORE), made=means).effects[0].why_not is NoEffect.HIDDEN


def test_a_group_has_its_own_values() -> None:
    frame = pd.concat([published(*TWO_BEFORE), published(*TWO_BEFORE, gender="K")])
    effect = report_of(frame, atgard=replace(ATGARD, group=Group("K"))).effects[0]
    assert (effect.group, effect.verdict) == (Group("K"), Verdict.BETTER)


def test_the_page_tells_of_the_question_by_its_name() -> None:
    report = report_of(published(*TWO_BEFORE))
    html = atgarda(report).html
    assert "Andelen som är nöjda med f1 är högre än före åtgärden ”Ny rutin”" in html
    assert all(each(report).html for each in CHAPTERS)
