"""From a report to a page: everything Swedish and everything HTML."""

from kvalitetslib.render.chapters import CHAPTERS
from kvalitetslib.render.page import IndexRow, index_page, page
from kvalitetslib.render.parts import Chapter

__all__ = ["CHAPTERS", "Chapter", "IndexRow", "index_page", "page"]
