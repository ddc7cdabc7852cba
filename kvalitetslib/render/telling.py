"""Which questions of a survey tell most, when not all of them can be drawn."""

from collections.abc import Set

from kvalitetslib.codebook import Role
from kvalitetslib.report import Estimate
from kvalitetslib.survey_result import ItemResult, SurveyResult

FEWEST_FIGURED = 4
"""Questions of a survey that are drawn when fewer have a finding."""


def most_telling(survey: SurveyResult, shown: Set[str], found: Set[str]) -> tuple[ItemResult, ...]:
    """The questions to draw, in the order of the survey.

    Parameters
    ----------
    shown, found : ids of what a finding on the page rests on, and of what any finding does.
    """
    order = {id(each): place for place, each in enumerate(survey.items)}
    with_values = [each for each in survey.items if isinstance(each.total, Estimate)]
    chosen = [each for each in with_values if each.indicator.id in shown]
    rest = [each for each in with_values if each.indicator.id not in shown]
    rest.sort(
        key=lambda each: (
            each.indicator.id not in found,
            -importance(survey, each),
            order[id(each)],
        )
    )
    chosen += rest[: max(0, FEWEST_FIGURED - len(chosen))]
    return tuple(sorted(chosen, key=lambda each: order[id(each)]))


def importance(survey: SurveyResult, item: ItemResult) -> float:
    """How much a question weighs: the overall grade, then its drivers."""
    if item.item.role is Role.OVERALL:
        return 1000.0
    drivers = survey.drivers.drivers if survey.drivers is not None else ()
    return next((each.importance for each in drivers if each.item == item.item.id), 0.0)
