"""The names of places on a page, which links lead to: ASCII, and the same from time to time."""

import re
import unicodedata

from kvalitetslib.survey_result import ItemResult, SurveyResult

_NOT_SLUG = re.compile("[^a-z0-9]+")


def slug(text: str) -> str:
    """The text as part of an id: ASCII letters, digits and hyphens; stable."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", folded).strip("-") or "x"


def indicator_anchor(id: str) -> str:
    return f"ind-{slug(id)}"


def item_anchor(survey: SurveyResult, item: ItemResult) -> str:
    return f"fraga-{slug(survey.key)}--{slug(item.item.id)}"


def evidence_anchor(id: str) -> str:
    return f"belagg-{slug(id)}"


def topic_anchor(indicator: str) -> str:
    """All evidence about an indicator or a question; what is about neither has a place too."""
    return f"amne-{slug(indicator)}"


def finding_anchor(id: str) -> str:
    return f"fynd-{slug(id)}"
