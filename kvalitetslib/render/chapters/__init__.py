"""The chapters of a nämnd's page: functions ``(Report) -> Chapter``, listed in reading order.

The order is that of the improvement wheel: what is read first, then planera, genomföra, följa upp,
the nulägesanalys after its evidence, åtgärda, kvalitetssäkra, the next period and the appendices.
"""

from collections.abc import Callable

from kvalitetslib.render.chapters.accessibility import accessibility
from kvalitetslib.render.chapters.atgarda import atgarda
from kvalitetslib.render.chapters.barn import barn
from kvalitetslib.render.chapters.cover import cover
from kvalitetslib.render.chapters.dialog import dialog
from kvalitetslib.render.chapters.enkat import enkat
from kvalitetslib.render.chapters.evidence import evidence
from kvalitetslib.render.chapters.folja_upp import folja_upp
from kvalitetslib.render.chapters.genomfora import genomfora
from kvalitetslib.render.chapters.glossary import glossary
from kvalitetslib.render.chapters.hidden import hidden
from kvalitetslib.render.chapters.infor_nasta import infor_nasta
from kvalitetslib.render.chapters.kostnad_kvalitet import kostnad_kvalitet
from kvalitetslib.render.chapters.kvalitetssakra import kvalitetssakra
from kvalitetslib.render.chapters.likvardighet import likvardighet
from kvalitetslib.render.chapters.loften_synpunkter import loften_synpunkter
from kvalitetslib.render.chapters.medarbetare_ekonomi import medarbetare_ekonomi
from kvalitetslib.render.chapters.method import method
from kvalitetslib.render.chapters.nytt import nytt
from kvalitetslib.render.chapters.omvarld import omvarld
from kvalitetslib.render.chapters.open_data import open_data
from kvalitetslib.render.chapters.planera import planera
from kvalitetslib.render.chapters.run_record import run_record
from kvalitetslib.render.chapters.sources import sources
from kvalitetslib.render.chapters.summary import summary
from kvalitetslib.render.chapters.swot import swot
from kvalitetslib.render.chapters.tables import tables
from kvalitetslib.render.parts import Chapter
from kvalitetslib.report import Report

CHAPTERS: tuple[Callable[[Report], Chapter], ...] = (
    cover,
    summary,
    nytt,
    planera,
    genomfora,
    folja_upp,
    kostnad_kvalitet,
    enkat,
    loften_synpunkter,
    medarbetare_ekonomi,
    likvardighet,
    barn,
    omvarld,
    swot,
    dialog,
    atgarda,
    kvalitetssakra,
    infor_nasta,
    evidence,
    tables,
    method,
    sources,
    hidden,
    open_data,
    glossary,
    accessibility,
    run_record,
)

__all__ = [
    "CHAPTERS",
    "accessibility",
    "atgarda",
    "barn",
    "cover",
    "dialog",
    "enkat",
    "evidence",
    "folja_upp",
    "genomfora",
    "glossary",
    "hidden",
    "infor_nasta",
    "kostnad_kvalitet",
    "kvalitetssakra",
    "likvardighet",
    "loften_synpunkter",
    "medarbetare_ekonomi",
    "method",
    "nytt",
    "omvarld",
    "open_data",
    "planera",
    "run_record",
    "sources",
    "summary",
    "swot",
    "tables",
]
