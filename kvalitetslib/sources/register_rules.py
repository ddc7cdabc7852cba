"""Rules of the kommun's lists that join several cells, or rows that point at each other."""

from collections.abc import Iterator

import numpy as np

from kvalitetslib.contracts import ATGARDER, GOALS, LESSONS, PROMISES
from kvalitetslib.errors import accepted_words
from kvalitetslib.register import Outcome, Status
from kvalitetslib.sources.cells import parts
from kvalitetslib.sources.checked import Checked, Problem
from kvalitetslib.sources.rows import Refused

_ENDED = (Status.DONE, Status.STOPPED)
_BEGUN = (Status.RUNNING, *_ENDED)
_DECIDED = (Outcome.STANDARDISE, Outcome.DISCARD)

_NO_START = Problem("start saknas för en åtgärd som har börjat", "dagen då åtgärden började")
_NO_END = Problem("klar saknas för en åtgärd som har slutat", "dagen då åtgärden slutade")
_NO_DECISION = Problem("beslut saknas", "beslutet att inte agera: paragraf, dnr eller datum")
_NO_CITED = Problem("verdikten nämner inget belägg", "ett eller flera belägg, till exempel B-…")
_NO_RIVAL = Problem(
    "en annan möjlig förklaring saknas", "vad mer än åtgärden som kan förklara utfallet"
)
_NO_MEASURE = Problem("löftet mäts inte", "en indikator eller en kategori av synpunkter")
_ITSELF = Problem("lärdomen används i sin egen åtgärd", "en annan åtgärd eller ett beslut")


def register_faults(checked: Checked) -> Iterator[Refused]:
    """Faults of one list's own rules; of lists without such rules none."""
    rules = {
        ATGARDER.name: _atgard_faults,
        GOALS.name: _goal_faults,
        LESSONS.name: _lesson_faults,
        PROMISES.name: _promise_faults,
    }
    rule = rules.get(checked.table.name)
    return rule(checked) if rule is not None else iter(())


def _atgard_faults(checked: Checked) -> Iterator[Refused]:
    frame = checked.frame
    status, outcome = frame["status"], frame["outcome"]
    is_open = frame["start"].isna()
    yield from _all(checked, status.isin(_BEGUN) & is_open, "start", _NO_START)
    yield from _all(checked, status.isin(_ENDED) & frame["done"].isna(), "done", _NO_END)
    refused = (status == Status.REFUSED) & (frame["decision"] == "")
    yield from _all(checked, refused, "decision", _NO_DECISION)
    yield from _all(checked, outcome.isin(_DECIDED) & (frame["cited"] == ""), "cited", _NO_CITED)
    is_judged = (status == Status.DONE) | outcome.isin((*_DECIDED, Outcome.UNCLEAR))
    yield from _all(checked, is_judged & (frame["rival"] == ""), "rival", _NO_RIVAL)


def _promise_faults(checked: Checked) -> Iterator[Refused]:
    frame = checked.frame
    unmeasured = (frame["indicator"] == "") & (frame["category"] == "")
    yield from _all(checked, unmeasured, "indicator", _NO_MEASURE)


def _lesson_faults(checked: Checked) -> Iterator[Refused]:
    frame = checked.frame
    for place, (own, used) in enumerate(zip(frame["atgard"], frame["used_in"], strict=True)):
        if own and own in parts(used) and place not in checked.faulty:
            yield place, "used_in", _ITSELF


def _goal_faults(checked: Checked) -> Iterator[Refused]:
    """Goals that are part of one that does not exist, or of themselves in a ring."""
    ids, above = list(checked.frame["id"]), list(checked.frame["part_of"])
    part_of = dict(zip(ids, above, strict=True))
    for place, (id, whole) in enumerate(zip(ids, above, strict=True)):
        if not whole or place in checked.faulty:
            continue
        if whole not in part_of:
            yield place, "part_of", Problem("värdet är okänt", accepted_words(whole, tuple(ids)))
        elif ring := _ring(id, part_of):
            told = " → ".join(ring)
            rule = f"målen hör till varandra i en ring: {told}"
            yield place, "part_of", Problem(rule, "ett mål som inte hör till detta")


def _ring(id: str, part_of: dict[str, str]) -> list[str]:
    """The way from a goal back to itself; empty when there is none."""
    way, above = [id], part_of.get(id, "")
    while above and above not in way:
        way.append(above)
        above = part_of.get(above, "")
    return [*way, id] if above == id else []


def _all(
    checked: Checked, is_wrong: "np.typing.NDArray[np.bool_]", column: str, problem: Problem
) -> Iterator[Refused]:
    for place in np.flatnonzero(np.asarray(is_wrong, dtype=bool)):
        if place not in checked.faulty:
            yield int(place), column, problem
