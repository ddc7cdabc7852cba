"""Bilaga F: what the words mean."""

from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.render.sentences.method import GLOSSARY
from kvalitetslib.report import Report


def glossary(report: Report) -> Chapter:
    """The words that the page uses in a sense of its own; the same in every report."""
    return chapter("ordlista", "Bilaga F. Ordlista", "glossary.html.j2", glossary=GLOSSARY)
