"""What is said of the line from vision to the resident's meeting where it is broken."""

from kvalitetslib.render import wording
from kvalitetslib.report import Report
from kvalitetslib.wheel import GoalState, ThreadGap

_NAMES = {
    ThreadGap.VISION: "vision",
    ThreadGap.DECISION: "beslut",
    ThreadGap.INDICATOR: "mått",
    ThreadGap.PRACTICE: "åtgärd",
    ThreadGap.MEETING: "löfte eller enkätfråga",
}


def lacking(state: GoalState) -> str:
    """``vision, mått och åtgärd``: the links that are missing, in the order of the line."""
    return wording.join([name for link, name in _NAMES.items() if link in state.broken])


def without_atgard(report: Report) -> list[str]:
    """The goals with an indicator that no åtgärd works towards."""
    unserved = {each.goal for each in report.goal_states if ThreadGap.PRACTICE in each.broken}
    return [each.title for each in report.goals if each.id in unserved and each.indicator]
