"""Bilaga C: where the figures come from, and what is to be known of their quality."""

from kvalitetslib.context import JudgementState
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Table, chapter
from kvalitetslib.render.sentences.judgements import judgement_line
from kvalitetslib.report import Freshness, Report

_CHECKSUM_SHOWN = 16


def sources(report: Report) -> Chapter:
    """The sources, and what has changed, ended or is missing in them."""
    look = Lookup(report)
    titles = {id: each.title for id in look.order if (each := look.indicator(id)) is not None}
    return chapter(
        "kallor-och-metod",
        "Bilaga C. Källor och datakvalitet",
        "sources.html.j2",
        sources=_sources(report) if report.sources else None,
        revisions=_revisions(report, look, titles) if report.revisions else None,
        doubts=len(report.doubts),
        ended=_named(report, Freshness.ENDED),
        missing=_named(report, Freshness.MISSING),
        gone=[
            f"{each.evidence}. {judgement_line(each)}"
            for each in report.judgements
            if each.state is JudgementState.GONE
        ],
    )


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
