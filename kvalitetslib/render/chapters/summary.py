"""Läget på en sida: at most five messages, the verdicts in numbers, equality and children."""

from collections.abc import Callable

from kvalitetslib.render import wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor
from kvalitetslib.render.drawings import verdict_bar
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.messages import messages
from kvalitetslib.render.sentences.notes import verdict_counts
from kvalitetslib.report import Evidence, Question, Report, Verdict

_SHOWN_GAPS = 2


def summary(report: Report) -> Chapter:
    """What a member reads in two minutes; fits on one A4 page."""
    look = Lookup(report)
    counts = verdict_counts(report)
    judged = sum(n for verdict, n in counts if verdict is not Verdict.NOT_JUDGED)
    return chapter(
        "laget",
        "Läget på en sida",
        "summary.html.j2",
        messages=messages(look),
        total=len(report.indicators),
        followed=_followed(report),
        bar=verdict_bar(counts, id="laget-bedomningar") if judged else None,
        equality=_equality(look),
        children=_children(look),
    )


def _followed(report: Report) -> str:
    """How many indicators there are, and how many of them are not judged."""
    total = len(report.indicators)
    noun = "indikator" if total == 1 else "indikatorer"
    text = f"Nämnden följer {wording.count(total)} {noun}."
    unjudged = sum(each.verdict is Verdict.NOT_JUDGED for each in report.indicators)
    if not unjudged:
        return text
    return f"{text} {wording.capital(wording.count(unjudged))} av dem bedöms inte."


def _equality(look: Lookup) -> list[Cell]:
    """Women and men at a glance: how many gaps are found, and the heaviest of them."""
    by_sex = [
        each
        for each in look.report.all_evidence
        if each.question is Question.GAP and each.group.gender in ("K", "M")
    ]
    if not by_sex:
        return [Cell("Ingen indikator har värden för både kvinnor och män.")]
    judged = [each for each in by_sex if each.verdict is not Verdict.NOT_JUDGED]
    found = [
        each
        for each in judged
        if each.verdict in (Verdict.BETTER, Verdict.WORSE) and each.id not in look.doubted
    ]
    lines = [
        Cell(
            f"Vi har prövat {wording.count(len(judged))} "
            f"{'skillnad' if len(judged) == 1 else 'skillnader'} och funnit "
            f"{wording.count(len(found)) if found else 'ingen'}."
        )
    ]
    return lines + [
        _linked(each, look) for each in sorted(found, key=_heaviest(look))[:_SHOWN_GAPS]
    ]


def _heaviest(look: Lookup) -> Callable[[Evidence], tuple[float, str]]:
    def weight(evidence: Evidence) -> tuple[float, str]:
        finding = look.finding(evidence)
        return (-finding.score if finding else 0.0, evidence.id)

    return weight


def _linked(evidence: Evidence, look: Lookup) -> Cell:
    finding = look.finding(evidence)
    anchor = finding_anchor(finding.id) if finding else evidence_anchor(evidence.id)
    return Cell(claim(evidence, look), href=f"#{anchor}")


def _children(look: Lookup) -> list[Cell]:
    """Children at a glance: the verdicts of the indicators that concern them."""
    results = look.children()
    questions = [each for _, items in look.asked_of_children() for each in items]
    if not results and not questions:
        return [Cell("Ingen av nämndens indikatorer eller enkätfrågor gäller barn.")]
    asked = _asked_of_children(len(questions))
    if not results:
        return asked
    verdicts = [each.verdict for each in results]
    named = [f"{verdicts.count(each)} {each}" for each in Verdict if verdicts.count(each)]
    if len(results) == 1:
        named = [str(verdicts[0])]
    lines = [
        Cell(
            f"{wording.capital(wording.count(len(results)))} "
            f"{'indikator' if len(results) == 1 else 'indikatorer'} gäller barn: "
            f"{wording.join(named)}."
        )
    ]
    worse = [
        each
        for result in results
        if (each := look.one(result.indicator.id, Question.LEVEL)) is not None
        and each.verdict is Verdict.WORSE
        and each.id not in look.doubted
    ]
    lines += [_linked(each, look) for each in sorted(worse, key=_heaviest(look))[:1]]
    return lines + asked


def _asked_of_children(count: int) -> list[Cell]:
    noun = "enkätfråga" if count == 1 else "enkätfrågor"
    told = f"{wording.capital(wording.count(count))} {noun} gäller barn."
    return [Cell(told, href="#barn")] if count else []
