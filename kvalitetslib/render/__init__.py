"""From a report to a page: everything Swedish and everything HTML."""

from kvalitetslib.render.chapters import CHAPTERS
from kvalitetslib.render.index import IndexRow, QuarterRows, index_page, quarters_page
from kvalitetslib.render.page import page
from kvalitetslib.render.parts import Chapter

__all__ = [
    "CHAPTERS",
    "Chapter",
    "IndexRow",
    "QuarterRows",
    "index_page",
    "page",
    "quarters_page",
]
