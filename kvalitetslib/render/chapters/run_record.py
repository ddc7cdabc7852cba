"""Bilaga H: what the report was made from, so that it can be made again."""

from kvalitetslib.render import times
from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.report import Report


def run_record(report: Report) -> Chapter:
    """Quarter, version, checksum, fetches and the report it is compared with."""
    fetched = [
        f"{each.name}, {times.day_of_text(each.fetched)}" for each in report.sources if each.fetched
    ]
    facts = [
        ("Period", times.period(report.quarter)),
        ("Data till och med", times.day(report.data_through)),
        ("Jämförd med", times.period(report.earlier) if report.earlier else "ingen rapport"),
        ("Hämtningar", "; ".join(fetched) or "inga"),
        ("Framställd med", f"kvalitetslib, version {report.code_version}"),
    ]
    return chapter(
        "korprotokoll",
        "Bilaga H. Körprotokoll",
        "run_record.html.j2",
        facts=facts,
        checksum=report.checksum,
    )
