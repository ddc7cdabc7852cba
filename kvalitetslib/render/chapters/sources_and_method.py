"""Källor och metod: where the figures come from, how they are judged, and what is not shown."""

from kvalitetslib.analysis.claims import WEIGHTS
from kvalitetslib.context import JudgementState
from kvalitetslib.model import ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Table, chapter
from kvalitetslib.render.sentences.claims import WITHHELD
from kvalitetslib.render.sentences.judgements import judgement_line
from kvalitetslib.render.sentences.method import GLOSSARY, METHOD
from kvalitetslib.render.sentences.notes import QUESTION_NAMES, family_line
from kvalitetslib.report import Freshness, Report

_CHECKSUM_SHOWN = 16
_WEIGHED = {kind: kind.value for kind in ReferenceKind} | {
    ReferenceKind.EARLIER: "egna tidigare värden och trender"
}


def sources_and_method(report: Report) -> Chapter:
    """What is needed to trust, question or repeat the report."""
    look = Lookup(report)
    titles = {id: each.title for id in look.order if (each := look.indicator(id)) is not None}
    return chapter(
        "kallor-och-metod",
        "Källor och metod",
        "sources_and_method.html.j2",
        sources=_sources(report) if report.sources else None,
        method=_method(report),
        weights=_weights(),
        thresholds=_thresholds(report),
        families=_families(report) if report.families else None,
        deltas=_deltas(look) if look.order else None,
        hidden=_hidden(report, titles) if report.hidden else None,
        revisions=_revisions(report, look, titles) if report.revisions else None,
        ended=_named(report, Freshness.ENDED),
        missing=_named(report, Freshness.MISSING),
        glossary=GLOSSARY,
        gone=[
            f"{each.evidence}. {judgement_line(each)}"
            for each in report.judgements
            if each.state is JudgementState.GONE
        ],
        report=report,
    )


def _method(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The method in words, with the most findings that this kommun shows."""
    most = wording.count(report.policy.findings_per_quadrant)
    return tuple((name, tuple(each.format(most=most) for each in told)) for name, told in METHOD)


def _weights() -> Table:
    rows = tuple((_WEIGHED[kind], wording.number(weight, 1)) for kind, weight in WEIGHTS.items())
    return Table("Vikt efter jämförelse", ("Jämförs med", "Tal"), rows, frozenset({1}))


def _sources(report: Report) -> Table:
    rows = tuple(
        (
            each.name,
            times.day_of_text(each.fetched) or "–",
            "ja" if each.synthetic else "nej",
            f"{each.checksum[:_CHECKSUM_SHOWN]}…" if each.checksum else "–",
            each.note or "–",
        )
        for each in report.sources
    )
    head = ("Källa", "Hämtad", "Påhittade data", "Kontrollsumma", "Anmärkning")
    return Table("Källor", head, rows, as_cards=True)


def _thresholds(report: Report) -> Table:
    policy = report.policy
    rows = (
        ("Minsta grupp som visas", f"{wording.number(policy.smallest_group)} personer"),
        (
            "Andel falska träffar som högst godtas i varje familj av prövningar",
            wording.quantity(100 * policy.fdr, "procent"),
        ),
        ("Fynd som högst visas i varje ruta", wording.number(policy.findings_per_quadrant)),
        (
            "Minsta antal kommuner i en jämförelse",
            f"{wording.number(policy.peers_smallest)} kommuner",
        ),
    )
    return Table("Gränser som kommunen har valt", ("Gräns", "Värde"), rows, frozenset({1}))


def _families(report: Report) -> Table:
    rows = tuple((QUESTION_NAMES[each.question], family_line(each)) for each in report.families)
    return Table("Så mycket har prövats", ("Fråga", "Utfall"), rows, frozenset({1}))


def _deltas(look: Lookup) -> Table:
    rows = tuple(
        (
            each.title,
            each.id,
            {"hög": "högt är bra", "låg": "lågt är bra", "neutral": "bedöms inte"}.get(
                each.direction, "inom ett intervall är bra"
            ),
            wording.least(each.delta, each.unit),
        )
        for id in look.order
        if (each := look.indicator(id)) is not None
    )
    head = ("Indikator", "Beteckning", "Riktning", "Relevant skillnad")
    return Table("Riktning och relevant skillnad", head, rows, frozenset({3}), as_cards=True)


def _hidden(report: Report, titles: dict[str, str]) -> Table:
    rows = tuple(
        (
            titles.get(each.indicator, each.indicator),
            WITHHELD[each.reason],
            wording.number(each.cells),
        )
        for each in report.hidden
    )
    return Table("Uppgifter som inte visas", ("Indikator", "Skäl", "Antal"), rows, frozenset({2}))


def _revisions(report: Report, look: Lookup, titles: dict[str, str]) -> Table:
    rows = []
    for each in report.revisions:
        indicator = look.indicator(each.indicator)
        before, after = (
            "inget värde" if value is None or indicator is None else wording.of(value, indicator)
            for value in (each.before, each.after)
        )
        children = indicator.concerns_children if indicator else False
        group = wording.gender_name(each.gender, children=children)
        name = titles.get(each.indicator, each.indicator)
        rows.append((name, times.period(each.period), group, before, after))
    head = ("Indikator", "Period", "Grupp", "Förr", "Nu")
    return Table("Ändrade värden", head, tuple(rows), frozenset({3, 4}), as_cards=True)


def _named(report: Report, freshness: Freshness) -> list[str]:
    """Titles of the indicators in that state; for ended ones with the year."""
    return [
        f"{each.indicator.title} (upphörde {each.indicator.ended})"
        if freshness is Freshness.ENDED and each.indicator.ended
        else each.indicator.title
        for each in report.indicators
        if each.freshness is freshness
    ]
