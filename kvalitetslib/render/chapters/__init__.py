"""The chapters of a nämnd's page: functions ``(Report) -> Chapter``, listed in reading order."""

from collections.abc import Callable

from kvalitetslib.render.chapters.barn import barn
from kvalitetslib.render.chapters.cover import cover
from kvalitetslib.render.chapters.dialog import dialog
from kvalitetslib.render.chapters.enkat import enkat
from kvalitetslib.render.chapters.evidence import evidence
from kvalitetslib.render.chapters.folja_upp import folja_upp
from kvalitetslib.render.chapters.kostnad_kvalitet import kostnad_kvalitet
from kvalitetslib.render.chapters.likvardighet import likvardighet
from kvalitetslib.render.chapters.omvarld import omvarld
from kvalitetslib.render.chapters.planera import planera
from kvalitetslib.render.chapters.sources_and_method import sources_and_method
from kvalitetslib.render.chapters.summary import summary
from kvalitetslib.render.chapters.swot import swot
from kvalitetslib.render.parts import Chapter
from kvalitetslib.report import Report

CHAPTERS: tuple[Callable[[Report], Chapter], ...] = (
    cover,
    summary,
    omvarld,
    swot,
    dialog,
    planera,
    folja_upp,
    kostnad_kvalitet,
    enkat,
    likvardighet,
    barn,
    evidence,
    sources_and_method,
)

__all__ = [
    "CHAPTERS",
    "barn",
    "cover",
    "dialog",
    "enkat",
    "evidence",
    "folja_upp",
    "kostnad_kvalitet",
    "likvardighet",
    "omvarld",
    "planera",
    "sources_and_method",
    "summary",
    "swot",
]
