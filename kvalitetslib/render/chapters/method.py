"""Bilaga B: how the figures are judged, and how sure that is."""

from kvalitetslib.analysis.claims import WEIGHTS
from kvalitetslib.model import ReferenceKind
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Table, chapter
from kvalitetslib.render.sentences.method import METHOD
from kvalitetslib.render.sentences.notes import QUESTION_NAMES, family_line
from kvalitetslib.report import Report

_WEIGHED = {kind: kind.value for kind in ReferenceKind} | {
    ReferenceKind.EARLIER: "egna tidigare värden och trender"
}


def method(report: Report) -> Chapter:
    """The rules in words, the limits that the kommun has chosen, and how much has been tried."""
    look = Lookup(report)
    return chapter(
        "metod",
        "Bilaga B. Metod och osäkerhet",
        "method.html.j2",
        method=_method(report),
        weights=_weights(),
        thresholds=_thresholds(report),
        families=_families(report) if report.families else None,
        deltas=_deltas(look) if look.order else None,
    )


def _method(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The method in words, with the most findings that this kommun shows."""
    most = wording.count(report.policy.findings_per_quadrant)
    return tuple((name, tuple(each.format(most=most) for each in told)) for name, told in METHOD)


def _weights() -> Table:
    rows = tuple((_WEIGHED[kind], wording.number(weight, 1)) for kind, weight in WEIGHTS.items())
    return Table("Vikt efter jämförelse", ("Jämförs med", "Tal"), rows, frozenset({1}))


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
