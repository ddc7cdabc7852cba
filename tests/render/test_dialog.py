"""The talk after the findings: questions tied to evidence, and nothing said of causes."""

import re
from dataclasses import replace
from datetime import date

import pytest
from example_report import SCHOOL, empty_report, evidence, example_report, finding, known, peers_of

from kvalitetslib.context import Judgement, JudgementDecision, JudgementState, Lead, LeadKind
from kvalitetslib.model import Group, Perspective, Quadrant, ReferenceKind
from kvalitetslib.render.chapters import dialog
from kvalitetslib.render.chapters.dialog import MOST_OPEN, MOST_QUESTIONS
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.dialogue import QUESTIONS, questions
from kvalitetslib.render.sentences.judgements import judgement_line, judgement_lines
from kvalitetslib.render.sentences.leads import lead_line
from kvalitetslib.render.sentences.limits import LIMITS, limit
from kvalitetslib.report import Evidence, Finding, Question, Reference, Report, Verdict

REPORT = example_report()
CAUSES = re.compile(r"beror på|orsakas|på grund av|leder till att|därför att|tack vare", re.I)
BLAME = re.compile(r"\b(?:fel på|misslyck|skuld|dålig|slarv|borde ha)", re.I)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", html)).strip()


def talks(report: Report) -> list[str]:
    return re.findall(r'<article class="samtal.*?</article>', dialog(report).html, flags=re.S)


def about(each: Evidence, quadrant: Quadrant = Quadrant.WEAKNESS, **more: object) -> Report:
    """The example with this evidence and the one finding that rests on it."""
    made = finding(quadrant, "W1", each, 1.0)
    return replace(REPORT, all_evidence=(each,), findings=(made,), leads=(), **more)


def school(question: Question, verdict: Verdict = Verdict.WORSE, **words: object) -> Evidence:
    return evidence(SCHOOL.id, question, verdict, **{"reference": peers_of(77.4), **words})


def asked_of(report: Report, turn: int = 0) -> tuple[str, ...]:
    """The questions to the report's first finding."""
    first = report.findings[0]
    return questions(first, Lookup(report), atgarder=report.atgarder, turn=turn)


def shown(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.shown and not each.doubted]


def test_every_shown_finding_leads_to_its_evidence() -> None:
    html = dialog(REPORT).html
    wanted = [id for each in shown(REPORT) for id in each.evidence]
    missing = [id for id in wanted if f'href="#belagg-{id.lower()}"' not in html]
    assert (len(wanted) > 5, missing) == (True, [])


def test_every_talk_has_one_to_three_questions() -> None:
    counts = [len(re.findall(r"<li>[^<]*\?</li>", each)) for each in talks(REPORT)]
    assert (min(counts) >= 1, max(counts) <= MOST_QUESTIONS) == (True, True)


def test_every_talk_says_what_data_cannot_show() -> None:
    assert all("Vad data inte kan visa:" in each for each in talks(REPORT))


def test_findings_of_one_indicator_are_one_talk() -> None:
    indicators = {REPORT.evidence(each.evidence[0]).indicator or each.id for each in shown(REPORT)}
    assert len(talks(REPORT)) == len(indicators)


def test_the_heaviest_stand_open_and_the_rest_are_folded() -> None:
    before, _, folded = dialog(REPORT).html.partition("<details")
    assert before.count("<article") == MOST_OPEN
    assert folded.count("<article") == len(talks(REPORT)) - MOST_OPEN


def test_no_question_gives_a_cause_or_puts_blame() -> None:
    said = [each for wordings in QUESTIONS.values() for each in wordings] + [*LIMITS.values()]
    assert [each for each in said if CAUSES.search(each) or BLAME.search(each)] == []


def test_every_question_is_a_question() -> None:
    said = [each for wordings in QUESTIONS.values() for each in wordings]
    assert [each for each in said if not each.endswith("?")] == []


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize("quadrant", Quadrant)
def test_every_question_and_quadrant_has_something_to_ask(
    question: Question, quadrant: Quadrant
) -> None:
    report = about(school(question), quadrant)
    asked = asked_of(report)
    assert 1 <= len(asked) <= 2


@pytest.mark.parametrize("question", Question)
def test_every_question_has_words_of_its_own_when_the_answer_is_bad(question: Question) -> None:
    assert question is Question.POTENTIAL or (question, False) in QUESTIONS


@pytest.mark.parametrize("question", Question)
def test_every_question_has_its_limit(question: Question) -> None:
    report = about(school(question))
    assert limit(report.all_evidence[0], Lookup(report)).endswith(".")


def test_a_weakness_without_atgard_asks_if_one_is_wanted() -> None:
    report = about(school(Question.LEVEL), atgarder=())
    asked = asked_of(report)
    assert asked[1] == "Ska vi göra något åt det, eller avstå och säga varför?"


def test_a_weakness_with_a_running_atgard_asks_how_one_sees_if_it_helps() -> None:
    running = replace(REPORT.atgarder[0], indicator=SCHOOL.id, status="pågår", group=Group())
    report = about(school(Question.LEVEL), atgarder=(running,))
    asked = asked_of(report)
    assert asked[1] == f"Hur ser vi om ”{running.title}” hjälper, och när?"


def test_two_findings_of_a_kind_are_not_asked_the_same() -> None:
    report = about(school(Question.LEVEL), atgarder=())
    first, second = (asked_of(report, turn=turn) for turn in (0, 1))
    assert set(first).isdisjoint(second)


def test_a_register_figure_against_a_goal_says_nothing_of_experience() -> None:
    goal = Reference(ReferenceKind.GOAL, "målet", 90.0)
    report = about(school(Question.LEVEL, reference=goal))
    told = limit(report.all_evidence[0], Lookup(report))
    assert told == "Siffran visar hur mycket, inte hur människor upplever det."


def test_an_indicator_of_users_says_nothing_of_those_who_did_not_answer() -> None:
    goal = Reference(ReferenceKind.GOAL, "målet", 90.0)
    asked = [
        replace(each, indicator=replace(each.indicator, perspective=Perspective.USER))
        for each in REPORT.indicators
    ]
    report = about(school(Question.LEVEL, reference=goal), indicators=tuple(asked))
    told = limit(report.all_evidence[0], Lookup(report))
    assert told == "Siffran säger inget om dem som inte svarade eller deltog."


def test_a_survey_tells_its_response_rate() -> None:
    asked = next(each for each in REPORT.all_evidence if each.indicator == "medborgar:f01")
    survey = REPORT.surveys[0]
    assert survey.rate_pct is not None
    told = limit(asked, Lookup(REPORT))
    assert (
        told
        == f"Enkäten säger inget om dem som inte svarade; {survey.rate_pct:.0f}\u00a0% svarade."
    )


def pair(**more: object) -> Lead:
    made = Lead(
        finding=shown(REPORT)[0].id,
        kind=LeadKind.INDICATOR,
        indicator="N99999",
        title="Behöriga lärare",
        group=Group(),
        strength=-0.58,
        n=290,
        q=0.001,
        period="2024",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_pair_of_indicators_is_told_with_strength_number_and_year() -> None:
    told = lead_line(pair(), Lookup(REPORT))
    assert told == (
        "Behöriga lärare: högt i det ena hör ofta ihop med lågt i det andra "
        "(samband \u22120,58, 290 kommuner, 2024)."
    )


def test_a_lead_in_another_namnd_names_it() -> None:
    told = lead_line(pair(namnd="Socialnämnden"), Lookup(REPORT))
    assert isinstance(told, str)
    assert told.endswith("Följs upp av Socialnämnden.")


def test_a_lead_with_a_verdict_of_its_own_tells_it() -> None:
    level = next(each for each in REPORT.all_evidence if each.question is Question.LEVEL)
    told = lead_line(pair(evidence=level.id), Lookup(REPORT))
    assert isinstance(told, str)
    assert told.endswith(f"Vår nivå: {level.verdict}.")


def test_an_undecided_group_is_told_as_unsure() -> None:
    gap = school(
        Question.GAP,
        Verdict.UNDECIDED,
        group=Group(area="sjovik"),
        cell=known(60.0),
        difference=-8.0,
    )
    report = replace(REPORT, all_evidence=(*REPORT.all_evidence, gap))
    told = lead_line(pair(kind=LeadKind.GROUP, evidence=gap.id), Lookup(report))
    assert not isinstance(told, str)
    assert told.text == (
        "Skillnaden i Sjövik är 8,0\u00a0procentenheter, men den är inte säkerställd."
    )


def test_leads_stand_in_the_talk_of_their_finding() -> None:
    report = replace(REPORT, leads=(pair(),))
    holding = [each for each in talks(report) if "Behöriga lärare" in each]
    anchor = f"belagg-{shown(REPORT)[0].evidence[0].lower()}"
    assert (len(holding), anchor in holding[0]) == (1, True)


def test_a_finding_without_leads_says_so() -> None:
    report = replace(REPORT, leads=())
    assert "siffrorna pekar inte ut något mer" in text_of(talks(report)[0])


def test_correlation_is_explained_only_where_there_is_one() -> None:
    explained = "går från \u22121 till&nbsp;1"
    assert explained in dialog(replace(REPORT, leads=(pair(),))).html
    assert explained not in dialog(replace(REPORT, leads=())).html


def test_no_finding_gives_no_questions() -> None:
    assert "inget fynd, så det finns inga frågor" in text_of(dialog(empty_report()).html)


def test_a_doubted_finding_asks_if_the_figure_is_right() -> None:
    doubted = tuple(
        replace(each, doubted=each.id == shown(REPORT)[0].id, shown=False)
        for each in REPORT.findings
    )
    text = text_of(dialog(replace(REPORT, findings=doubted)).html)
    assert "stämmer siffran? Hör med den som har lämnat uppgiften." in text


def judgement(**more: object) -> Judgement:
    made = Judgement(
        "B-12345678",
        "Kvalitetsstrateg",
        date(2026, 10, 12),
        JudgementDecision.CONFIRM,
        "Nedgången syns på alla skolor.",
        "",
        JudgementState.CURRENT,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_judgement_says_who_when_what_and_why() -> None:
    assert judgement_line(judgement()) == (
        "Bedömning av kvalitetsstrateg 12\u00a0oktober 2026: bilden bekräftas. "
        "Nedgången syns på alla skolor."
    )


@pytest.mark.parametrize(
    ("state", "flag"),
    [
        (JudgementState.CHANGED, "har ändrats sedan bedömningen."),
        (JudgementState.UNKNOWN, "går inte att se om belägget är detsamma nu."),
        (JudgementState.GONE, "Belägget finns inte längre."),
    ],
)
def test_a_judgement_that_may_not_hold_says_so(state: JudgementState, flag: str) -> None:
    assert judgement_line(judgement(state=state)).endswith(flag)


def test_a_role_shows_its_latest_judgement() -> None:
    earlier = judgement(dated=date(2026, 4, 1), reason="Vi väntar.")
    other = judgement(role="rektor", dated=date(2026, 5, 1), reason="Stämmer.")
    lines = judgement_lines([judgement(), earlier, other], "B-12345678")
    assert lines == (judgement_line(other), judgement_line(judgement()))


def test_an_atgard_for_one_group_is_known_to_the_whole_talk() -> None:
    level, gap = school(Question.LEVEL), school(Question.GAP, group=Group("K"))
    running = replace(
        REPORT.atgarder[0], indicator=SCHOOL.id, status="pågår", group=Group("K"), title="Stöd"
    )
    findings = tuple(finding(Quadrant.WEAKNESS, "W1", each, 1.0) for each in (level, gap))
    report = replace(
        REPORT, all_evidence=(level, gap), findings=findings, atgarder=(running,), leads=()
    )
    text = text_of(dialog(report).html)
    assert ("”Stöd”" in text, "Ska vi göra något åt det" in text) == (True, False)


def test_hostile_words_are_inert() -> None:
    lead = pair(title="<script>x</script>")
    html = dialog(replace(REPORT, leads=(lead,))).html
    assert ("<script>" in html, "&lt;script&gt;" in html) == (False, True)
