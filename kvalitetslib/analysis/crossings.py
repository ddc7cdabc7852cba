"""Which groups of respondents a survey is split by: every single group and two-way crossing."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from kvalitetslib.codebook import Background, BackgroundKind, Codebook
from kvalitetslib.model import Group
from kvalitetslib.survey_result import Slice

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Domain:
    """A group and who is in it, (respondents,). ``table`` names the split it is a part of.

    Parts of one table add up to ``whole``: all who answered, or one group when it is a crossing.
    """

    slice: Slice
    members: Bools
    group: Group
    table: str


def singles(codebook: Codebook, background: npt.NDArray[np.int16]) -> list[Domain]:
    """One domain for each group of each background variable."""
    return [
        Domain(
            Slice(((variable.key, key),), label),
            background[:, column] == place,
            group_of(variable, key, label),
            variable.key,
        )
        for column, variable in enumerate(codebook.backgrounds)
        for place, (key, label) in enumerate(variable.groups)
    ]


def pairs(domains: list[Domain]) -> list[tuple[Domain, Domain]]:
    """Every two-way crossing of groups of different variables."""
    return [(a, b) for a, b in combinations(domains, 2) if a.table != b.table]


def crossing(first: Domain, second: Domain) -> Domain:
    """Those who are in both groups."""
    parts = (*first.slice.parts, *second.slice.parts)
    return Domain(
        Slice(parts, f"{first.slice.label}, {second.slice.label}"),
        first.members & second.members,
        Group(
            gender=second.group.gender if first.group.gender == "T" else first.group.gender,
            age=first.group.age or second.group.age,
            area=first.group.area or second.group.area,
            other=" · ".join(x for x in (first.group.other, second.group.other) if x),
        ),
        f"{first.table}×{second.table}",
    )


def group_of(variable: Background, key: str, label: str) -> Group:
    """The same group in the words of the report."""
    if variable.kind is BackgroundKind.GENDER:
        return Group(gender=key)
    if variable.kind is BackgroundKind.AGE:
        return Group(age=label)
    if variable.kind is BackgroundKind.AREA:
        return Group(area=key)
    return Group(other=f"{variable.label}: {label}")
