"""HME, hållbart medarbetarengagemang: three part indexes and a total from nine statements.

Each statement is an index 0-100; a part is the mean of its statements and the total the mean of all
(Kolada U00200, U00201). It is worked out per respondent, over the statements that were answered
when at least half of them were, so that every group has its own standard error.
"""

import numpy as np

from kvalitetslib.analysis.panel import Floats
from kvalitetslib.codebook import Codebook, Item, Measure, ScaleKind
from kvalitetslib.model import Direction

PARTS = ("motivation", "ledarskap", "styrning")
TOTAL = "totalindex"


def hme_items(codebook: Codebook) -> tuple[Item, ...]:
    """The indexes of a survey that marks its HME statements; none when it marks no such."""
    marked = [each for each in codebook.items if each.hme and len(each.answers) > 1]
    if not marked:
        return ()
    names = [part for part in PARTS if any(each.hme == part for each in marked)]
    return tuple(_index(name, marked[0]) for name in (*names, TOTAL))


def hme_scores(codebook: Codebook, codes: np.ndarray, item: Item) -> Floats:
    """(respondents,) the index of each respondent; NaN where too little was answered."""
    places = [
        (place, len(each.answers) - 1)
        for place, each in enumerate(codebook.items)
        if each.hme and item.hme in (each.hme, TOTAL) and len(each.answers) > 1
    ]
    table = np.column_stack(
        [np.where(codes[:, at] >= 0, 100.0 * codes[:, at] / steps, np.nan) for at, steps in places]
    )
    answered = (~np.isnan(table)).sum(axis=1)
    enough = 2 * answered >= len(places)
    total = np.nansum(table, axis=1)
    return np.where(enough, total / np.maximum(answered, 1), np.nan)


def _index(part: str, like: Item) -> Item:
    return Item(
        id=f"hme-{part}",
        column="",
        text=f"HME, {part}",
        subject=f"HME-indexet för {part}" if part != TOTAL else "HME-indexet i sin helhet",
        scale=ScaleKind.STEPS,
        measure=Measure.INDEX,
        direction=Direction.HIGH,
        theme="HME",
        namnder=like.namnder,
        delta=like.delta,
        hme=part,
        breaks=like.breaks,
    )
