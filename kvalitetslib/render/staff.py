"""What the edition for staff shows of the surveys: what they themselves have answered."""

from dataclasses import replace

from kvalitetslib.render.chapters.enkat import enkat
from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.report import Report
from kvalitetslib.survey_result import SurveyResult


def staff_survey(report: Report) -> Chapter:
    """The surveys to staff, as the nämnd sees them; a line when there is none."""
    asked = tuple(each for each in report.surveys if is_to_staff(each))
    if not asked:
        return chapter("enkater", "Vad medarbetarna säger", "no_staff_survey.html.j2")
    made = enkat(replace(report, surveys=asked, published=()))
    html = made.html.replace(f">{made.title}</h2>", ">Vad medarbetarna säger</h2>", 1)
    return replace(made, title="Vad medarbetarna säger", html=html)


def is_to_staff(survey: SurveyResult) -> bool:
    """Whether a survey is known to ask staff: it has the statements of HME.

    A codebook tells who is asked in free words only, so other surveys to staff are not known.
    """
    return any(each.item.hme for each in survey.items)
