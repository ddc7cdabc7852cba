"""What may be worth a look beside a finding, in words. A lead is never told as a cause."""

from kvalitetslib.context import Lead, LeadKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.report import Evidence, Verdict

TOLD = (Verdict.BETTER, Verdict.WORSE, Verdict.LEVEL)
"""Verdicts on the own level that say something."""


def lead_line(lead: Lead, look: Lookup) -> str | Said:
    """``Behöriga lärare: högt i det ena hör ofta ihop med lågt i det andra (…).``"""
    if lead.kind is LeadKind.GROUP:
        return _group_line(look.evidence[lead.evidence], look)
    other = "högt" if (lead.strength or 0.0) > 0 else "lågt"
    numbers = (
        f"samband {wording.number(lead.strength or 0.0, 2)}, {wording.number(lead.n)} kommuner, "
        f"{times.period(lead.period)}"
    )
    told = [f"{lead.title}: högt i det ena hör ofta ihop med {other} i det andra ({numbers})."]
    if lead.namnd:
        told.append(f"Följs upp av {lead.namnd}.")
    own = look.evidence.get(lead.evidence)
    if own is not None and own.verdict in TOLD:
        told.append(f"Vår nivå: {own.verdict.value}.")
    return " ".join(told)


def _group_line(evidence: Evidence, look: Lookup) -> Said:
    """The group's own claim, or that there is too little to tell."""
    indicator = look.indicator(evidence.indicator)
    if evidence.verdict is not Verdict.UNDECIDED or indicator is None:
        return claim(evidence, look)
    phrase = wording.group_phrase(
        evidence.group, children=indicator.concerns_children, areas=look.report.areas
    )
    size = wording.distance(evidence.difference or 0.0, indicator.unit, indicator.decimals)
    told = f"Skillnaden {phrase} är {size}, men den är inte säkerställd."
    return Said(told, (evidence.id,))
