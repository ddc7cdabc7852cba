"""What is told of an åtgärd: its plan, its trial, and what was measured before and after it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from example_evidence import evidence, finding
from example_report import example_report

from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Atgard, Outcome, Status
from kvalitetslib.render.chapters.atgarda import atgarda, unmet, weakness_table
from kvalitetslib.render.chapters.measures import lateness, outcome_table, trial_table
from kvalitetslib.render.effect_figures import effect_cards
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import effects, trials
from kvalitetslib.report import Certainty, Question, Report, Verdict
from kvalitetslib.wheel import EffectMethod, NoEffect

REPORT = example_report()
LOOK = Lookup(REPORT)
ON = date(2026, 9, 30)
CAUSES = re.compile(
    r"(?i)\b(beror på|tack vare|på grund av|därför|eftersom|ledde till|leder till|gav\b|bidrog"
    r"|bidrar|medför|resulterade|gör att|till följd av|effekt av|förklaras av|orsakade)"
)
NAMNDS_OWN = ("hypothesis", "rival", "practice", "title")
"""What the nämnd has written itself: it may believe what it wants."""


def texts() -> str:
    """All that is said beside the figures and in the tables, without the nämnd's own words."""
    html = atgarda(REPORT).html
    plain = re.sub(r"<[^>]+>", " ", html)
    for atgard in REPORT.atgarder:
        for name in NAMNDS_OWN:
            plain = plain.replace(getattr(atgard, name) or "\0", "")
    return plain.replace("visar inte att åtgärden är orsaken", "")


def effect_of(id: str, **changes: object) -> object:
    found = next(each for each in REPORT.effects if each.atgard == id)
    return replace(found, **changes)


def text(cell: str | Cell) -> str:
    shown = cell if isinstance(cell, str) else cell.text
    return shown.text if isinstance(shown, Said) else shown


def note(cell: str | Cell) -> str:
    return cell.note if isinstance(cell, Cell) else ""


def atgard(**changes: object) -> Atgard:
    made = Atgard("Å-50", "barn-och-utbildning", "Ny rutin", Status.RUNNING, indicator="X-SVARSTID")
    return replace(made, start=date(2026, 2, 1), hypothesis="Det går fortare.", **changes)


def trial(found: Verdict | None, certainty: Certainty = Certainty.SECURED, **changes: object):
    """The verdict's cell in the table of trials, where the effect is as given."""
    own = (
        evidence("X-SVARSTID", Question.EFFECT, found, text="Å-50", certainty=certainty)
        if (found is not None)
        else None
    )
    tested = () if own is None else (own,)
    others = tuple(each for each in REPORT.all_evidence if each.text != "Å-07")
    made = replace(
        REPORT, atgarder=(atgard(**changes),), all_evidence=(*others, *tested), effects=()
    )
    table = trial_table(Lookup(made))
    assert table is not None
    return table.rows[0]


def test_no_word_of_the_chapter_speaks_of_causes() -> None:
    assert CAUSES.findall(texts()) == []


def test_the_chapter_says_that_it_coincides() -> None:
    assert "sammanfaller i tid med åtgärden" in texts()


def test_an_effect_has_a_figure_with_its_start_and_the_line_without_change() -> None:
    cards = {each.figure.anchor: each for each in effect_cards(LOOK)}
    figure = cards["effekt-a-07"].figure
    assert "åtgärden börjar" in figure.charts[0].svg
    assert 'class="line forecast"' in figure.charts[0].svg
    assert "Utan förändring hade värdet varit 14,6" in figure.charts[0].svg
    assert [row[0] for row in figure.tables[0].rows][-1] == "sep 2026"


def test_the_facts_name_the_rival_the_others_and_the_return_to_the_usual() -> None:
    told = {each.figure.anchor: dict(each.facts) for each in effect_cards(LOOK)}
    answered, safer = told["effekt-a-07"], told["effekt-a-02"]
    assert text(answered["Förändring"]).startswith(
        "5,4\u00a0dagar bättre. Osäkerhet: +3,9 till +6,9"
    )
    assert "ovanligt långt åt fel håll" in text(answered["Skillnad rakt av"])
    assert "håller även utan dem" in text(answered["Skillnad rakt av"])
    assert answered["Annan möjlig förklaring"] == REPORT.atgarder[0].rival
    assert safer["Andra kommuner"].startswith("1,2\u00a0procentenheter bättre i 212 andra kommuner")


@pytest.mark.parametrize("name", ["Förändring", "Skillnad rakt av"])
def test_what_is_measured_carries_its_evidence(name: str) -> None:
    facts = dict(effect_cards(LOOK)[0].facts)
    assert isinstance(facts[name], Said)
    assert facts[name].evidence == (REPORT.effects[0].evidence,)


def test_a_rival_that_nobody_has_written_is_said_to_be_missing() -> None:
    assert effects.rival("") == "Ingen annan förklaring är angiven."


def test_atgarder_that_cannot_be_told_apart_say_so() -> None:
    assert effects.shared([]) == ""
    assert effects.shared(["Extra bil"]).startswith(
        "Förändringen kan inte skiljas från ”Extra bil”"
    )


def test_a_bad_start_without_a_change_that_holds_is_told() -> None:
    found = effect_of("Å-07", verdict=Verdict.UNDECIDED)
    told = effects.naive(found, LOOK.results["X-SVARSTID"].indicator)
    assert "Utan dem går ingen förbättring att visa." in told


def test_a_level_that_changed_before_the_start_is_told() -> None:
    assert effects.since(effect_of("Å-07")) == ""
    assert "redan i oktober 2025" in effects.since(effect_of("Å-07", since="2025M10"))


def test_an_unmeasured_effect_says_why() -> None:
    found = effect_of(
        "Å-07", method=EffectMethod.NONE, why_not=NoEffect.TOO_EARLY, verdict=Verdict.NOT_JUDGED
    )
    look = Lookup(replace(REPORT, effects=(found,), all_evidence=(), findings=()))
    table = outcome_table(look)
    assert table is not None
    assert (text(table.rows[0][3]), note(table.rows[0][3])) == (
        "inte mätt",
        "för få värden efter start",
    )
    assert effect_cards(look) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"planned_done": None}, ""),
        ({"planned_done": date(2026, 8, 31)}, "30\u00a0dagar sen"),
        ({"planned_done": date(2026, 12, 31)}, "planerad till 31\u00a0december 2026"),
        (
            {
                "planned_done": date(2026, 6, 1),
                "done": date(2026, 6, 2),
                "status": Status.DONE,
            },
            "klar 1\u00a0dag sent",
        ),
        (
            {"planned_done": date(2026, 6, 1), "done": date(2026, 6, 1), "status": Status.DONE},
            "klar i tid",
        ),
        (
            {"planned_done": date(2026, 6, 1), "done": date(2026, 3, 1), "status": Status.STOPPED},
            "var planerad till 1\u00a0juni 2026",
        ),
    ],
)
def test_a_plan_is_held_against_what_was_done(changes: dict[str, object], said: str) -> None:
    assert lateness(atgard(**changes), ON) == said


def test_a_trial_shows_hypothesis_start_evidence_and_verdict() -> None:
    row = trial(Verdict.BETTER, outcome=Outcome.UNCLEAR, outcome_on=ON)
    assert [text(each) for each in row[1:3]] == ["Det går fortare.", "1\u00a0februari 2026"]
    assert text(row[3]).startswith("B-")
    assert (text(row[4]), note(row[4])) == ("oklart, 30\u00a0september 2026", "")


def test_a_secured_improvement_carries_a_standard() -> None:
    own = evidence("X-SVARSTID", Question.EFFECT, Verdict.BETTER, text="Å-50").id
    row = trial(Verdict.BETTER, outcome=Outcome.STANDARDISE, cited=(own,))
    assert note(row[4]) == ""
    assert (text(row[3]), note(row[3])) == (own, "")


@pytest.mark.parametrize(
    ("found", "certainty", "said"),
    [
        (None, Certainty.UNDECIDED, "effekten är inte mätt"),
        (Verdict.UNDECIDED, Certainty.UNDECIDED, "förbättringen är inte säkerställd"),
        (Verdict.LEVEL, Certainty.SECURED, "värdena följer samma kurs som före"),
        (Verdict.WORSE, Certainty.SECURED, "värdena är sämre än väntat"),
        (Verdict.BETTER, Certainty.LIKELY, "förbättringen är trolig men inte säkerställd"),
    ],
)
def test_a_standard_without_a_secured_effect_goes_further_than_the_evidence(
    found: Verdict | None, certainty: Certainty, said: str
) -> None:
    row = trial(found, certainty, outcome=Outcome.STANDARDISE, cited=("B-ffffffff",))
    assert f"Verdikten går längre än belägget: {said}." in note(row[4])
    assert "Belägget B-ffffffff finns inte i rapporten." in note(row[4])


def test_a_verdict_that_cites_words_alone_says_so() -> None:
    row = trial(Verdict.BETTER, outcome=Outcome.STANDARDISE, cited=("egen uppföljning",))
    assert note(row[4]) == "Verdikten nämner inget belägg som finns i rapporten."


def test_a_verdict_that_leaves_out_the_measured_effect_says_so() -> None:
    row = trial(Verdict.LEVEL, outcome=Outcome.STANDARDISE, cited=("egen uppföljning",))
    assert note(row[3]) == "mätt, men verdikten nämner det inte"


def test_a_refused_atgard_is_shown_by_its_decision() -> None:
    refused = atgard(status=Status.REFUSED, decision="BUN § 14")
    table = outcome_table(Lookup(replace(REPORT, atgarder=(refused,), effects=())))
    assert table is not None
    assert (text(table.rows[0][3]), note(table.rows[0][3])) == ("beslut att inte agera", "BUN § 14")
    assert trial_table(Lookup(replace(REPORT, atgarder=(refused,), effects=()))) is None


def test_what_works_and_is_discarded_goes_against_the_evidence() -> None:
    row = trial(Verdict.BETTER, outcome=Outcome.DISCARD, cited=("B-ffffffff",))
    assert "Verdikten går emot belägget" in note(row[4])
    assert "emot" not in note(trial(Verdict.LEVEL, outcome=Outcome.DISCARD, cited=("x",))[4])


def test_a_finished_trial_without_a_verdict_is_told() -> None:
    told = trials.remarks(atgard(status=Status.DONE, done=ON), None, known=())
    assert told == ("Verdikt saknas: åtgärden har slutat men arbetssättet är inte bedömt.",)


def weak(*atgarder: Atgard) -> Report:
    """A report with one weakness, and the åtgärder that are given."""
    each = evidence("N15428", Question.LEVEL, Verdict.WORSE)
    found = finding(Quadrant.WEAKNESS, "W1", each, 1.0)
    return replace(
        REPORT, findings=(found,), all_evidence=(each,), effects=(), atgarder=tuple(atgarder)
    )


@pytest.mark.parametrize(
    ("changes", "said", "count"),
    [
        ({"indicator": "N11800"}, "åtgärd saknas", 1),
        ({"status": Status.STOPPED}, "åtgärd saknas", 1),
        ({"group": Group("K")}, "åtgärd saknas", 1),
        ({}, "Ny rutin (pågår)", 0),
        ({"status": Status.REFUSED, "decision": "BUN § 14"}, "beslut att inte agera", 0),
    ],
)
def test_a_weakness_has_an_atgard_a_decision_or_an_open_flag(
    changes: dict[str, object], said: str, count: int
) -> None:
    look = Lookup(weak(replace(atgard(), **{"indicator": "N15428", **changes})))
    table = weakness_table(look)
    assert table is not None
    assert [text(row[2]) for row in table.rows] == [said]
    assert unmet(look) == count


def test_a_decision_not_to_act_is_named() -> None:
    refused = atgard(status=Status.REFUSED, decision="BUN § 14")
    table = weakness_table(Lookup(weak(replace(refused, indicator="N15428"))))
    assert table is not None
    assert note(table.rows[0][2]) == "BUN § 14"


def test_a_report_without_atgarder_says_so_under_each_heading() -> None:
    html = atgarda(replace(REPORT, atgarder=(), effects=(), findings=())).html
    for told in ("Inget fynd är", "Åtgärder saknas", "Inget arbetssätt", "Ingen åtgärd har mätts"):
        assert told in html
