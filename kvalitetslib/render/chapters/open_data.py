"""Bilaga E: the figures as open data."""

from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.report import Report


def open_data(report: Report) -> Chapter:
    """Where the same figures are found for machines."""
    return chapter("oppna-data", "Bilaga E. Öppna data", "open_data.html.j2", namnd=report.namnd)
