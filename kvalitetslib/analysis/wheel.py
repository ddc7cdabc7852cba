"""What a report says of its own follow-up, worked out from all else that it holds."""

from dataclasses import replace

from kvalitetslib.analysis.goal_states import goal_states
from kvalitetslib.analysis.lessons import lesson_uses
from kvalitetslib.analysis.plan import plan
from kvalitetslib.analysis.priorities import priorities
from kvalitetslib.report import Report


def with_wheel(report: Report) -> Report:
    """The report with goal states, lessons that come back, priorities and the next plan.

    To be done again when its cases or promises are known: the same report gives the same answer.
    """
    judged = replace(report, goal_states=goal_states(report), lesson_uses=lesson_uses(report))
    ordered = replace(judged, priorities=priorities(judged))
    return replace(ordered, plan=plan(ordered))
