"""How a survey's respondents are split: the groups of each background, under its printed name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvalitetslib.model import Group
from kvalitetslib.render import wording
from kvalitetslib.survey_result import ResponseGroup, SliceResult, SurveyResult

STRATUM = "stratum"
_SEX = {"kvinnor": 0, "flickor": 0, "män": 1, "pojkar": 1}


@dataclass(frozen=True)
class Split:
    """Groups that divide the same people: ``Kön`` with women and men."""

    key: str
    label: str
    slices: tuple[SliceResult, ...]


def splits(slices: Sequence[SliceResult], names: Mapping[str, str]) -> tuple[Split, ...]:
    """Single groups gathered by background, in the codebook's order; women before men.

    ``names`` are the printed names of the backgrounds, those of ``split_names``.
    """
    by_key: dict[str, list[SliceResult]] = {}
    for each in slices:
        if len(each.slice.parts) == 1:
            by_key.setdefault(each.slice.parts[0][0], []).append(each)
    return tuple(
        Split(key, names.get(key, wording.capital(key)), tuple(sorted(parts, key=_women_first)))
        for key, parts in by_key.items()
    )


def _women_first(part: SliceResult) -> int:
    """Only the codes of a split by sex move; the sorting keeps all others in their order."""
    return {"K": 0, "M": 1}.get(part.slice.parts[0][1], 2)


def respondents(survey: SurveyResult) -> tuple[ResponseGroup, ...]:
    """Who answered, in the codebook's order; women before men."""
    places = {name: n for n, name in enumerate(dict.fromkeys(e.dimension for e in survey.response))}
    return tuple(
        sorted(
            survey.response,
            key=lambda each: (places[each.dimension], _SEX.get(each.label.lower(), 2)),
        )
    )


def split_names(survey: SurveyResult) -> dict[str, str]:
    """The printed name of each background, read from who answered.

    Backgrounds stand in the same order in both, and a name is taken only when its groups are
    the same.
    """
    responded: dict[str, list[str]] = {}
    for group in survey.response:
        if group.dimension != STRATUM:
            responded.setdefault(group.dimension, []).append(group.label)
    split: dict[str, dict[str, None]] = {}
    for item in survey.items:
        for each in item.groups:
            if len(each.slice.parts) == 1:
                split.setdefault(each.slice.parts[0][0], {})[each.slice.label] = None
    names: dict[str, str] = {}
    for key, labels in split.items():
        free = (name for name in responded if name not in names.values())
        name = next((name for name in free if responded[name] == list(labels)), None)
        if name is not None:
            names[key] = name
    return names


def is_group(part: SliceResult, group: Group) -> bool:
    """Whether a single slice is the group that a piece of evidence speaks of."""
    if len(part.slice.parts) != 1:
        return False
    code, label = part.slice.parts[0][1], part.slice.label
    if group.other:
        return group == Group(other=group.other) and group.other.endswith(f": {label}")
    return group in (Group(gender=code), Group(age=label), Group(area=code))
