"""Groups as people write them: ``K``, ``kvinnor``, ``0-5 år``, ``centrum``, ``K · 0-5 år``.

A group is up to three parts joined with ``·`` or ``;``, in any order: a sex (T, K, M, a Swedish
word for women or men, or an own code of at most three capitals), an age band of ``[aldrar]`` and
the key or name of an ``[[omrade]]``. An empty text is everybody.
"""

import re
from collections.abc import Sequence

from kvalitetslib.errors import accepted_words
from kvalitetslib.model import Area, Group
from kvalitetslib.sources.cells import gender
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.headings import folded

_JOINT = re.compile(r"\s*[·;]\s*")
_FORM = "kön, ålder och område, var för sig eller hopfogade med ·"


def parse_group(text: str, *, age_groups: Sequence[str], areas: Sequence[Area]) -> Group | Problem:
    """The group that the text names, or why it names none."""
    ages = {folded(each): each for each in age_groups}
    places = {folded(word): each.nyckel for each in areas for word in (each.namn, each.nyckel)}
    parts: dict[str, str] = {}
    for word in filter(None, _JOINT.split(text.strip())):
        sex = gender(word)
        found = (
            ("age", ages[folded(word)])
            if folded(word) in ages
            else ("area", places[folded(word)])
            if folded(word) in places
            else ("gender", sex)
            if sex
            else None
        )
        if found is None:
            known = ["kvinnor", "män", *age_groups, *(each.nyckel for each in areas)]
            return Problem("gruppen är okänd", accepted_words(word, known))
        if found[0] in parts:
            return Problem("gruppen har två delar av samma slag", _FORM)
        parts[found[0]] = found[1]
    return Group(parts.get("gender", "T"), parts.get("age", ""), parts.get("area", ""))
