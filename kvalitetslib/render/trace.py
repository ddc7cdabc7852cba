"""The promise of a page: whoever reads a claim can follow it to its evidence."""

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from kvalitetslib.errors import BuildError
from kvalitetslib.render.anchors import evidence_anchor
from kvalitetslib.render.parts import Chapter

EVIDENCE = "belagg"
"""The id of the chapter that holds the evidence."""
_CLAIM = re.compile(r'<span data-belagg="([^"]*)">(.*?)</span>', re.DOTALL)
_ANCHOR = re.compile(r' id="(belagg-[^"]+)"')


def check_trace(
    chapters: Sequence[Chapter], *, title: str, elsewhere: frozenset[str] = frozenset()
) -> None:
    """Pass when every claim of the chapters leads to evidence in the chapter Belägg.

    ``elsewhere`` are ids of evidence in that chapter of another page, to which the claims lead.

    Raises
    ------
    BuildError : naming the page, each sentence that leads nowhere and what it lacks.
    """
    evidence = [each for each in chapters if each.id == EVIDENCE]
    anchors = {anchor for each in evidence for anchor in _ANCHOR.findall(each.html)}

    def stands(id: str) -> bool:
        return id in elsewhere or evidence_anchor(id) in anchors

    lost = list(dict.fromkeys(_lost(chapters, stands)))
    if not lost:
        return
    hint = "" if evidence else " Sidan saknar kapitlet Belägg."
    raise BuildError(f"{title}: sidan kan inte byggas.{hint}\n" + "\n".join(lost))


def _lost(chapters: Sequence[Chapter], stands: Callable[[str], bool]) -> Iterator[str]:
    for chapter in chapters:
        for ids, sentence in _CLAIM.findall(chapter.html):
            gone = [each for each in ids.split() if not stands(each)]
            told = [f"belägget {each} finns inte i kapitlet Belägg." for each in gone]
            for each in told if ids else ["belägg saknas."]:
                said = Markup(sentence).unescape()
                yield f"Kapitlet {chapter.title}, meningen ”{said}”: {each}"
