"""What is said of the line from vision to the resident's meeting where it is broken."""

from kvalitetslib.register import Status
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
    """The goals with an indicator that no åtgärd works towards and no decision is about."""
    unserved = {each.goal for each in report.goal_states if ThreadGap.PRACTICE in each.broken}
    refused = {each.indicator for each in report.atgarder if each.status is Status.REFUSED}
    return [
        each.title
        for each in report.goals
        if each.id in unserved and each.indicator and each.indicator not in refused
    ]
