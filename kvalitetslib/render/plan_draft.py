"""The draft of the next period's plan: a table on the page, and a CSV with the columns of
atgarder.csv that the analyst edits and pastes.

The file is UTF-8 with BOM and semicolons, as Swedish Excel reads and writes it. Åtgärder that go on
keep their ids; a new row has an id of its nämnd, the next quarter and a number. The last two
columns say why the row is there: they are read over when the file is read again.
"""

import csv
import io
import re
from datetime import date

from kvalitetslib.contracts import ATGARDER
from kvalitetslib.model import Group
from kvalitetslib.period import Period, parse_period, quarter_of
from kvalitetslib.register import Atgard, Status
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.said import Said
from kvalitetslib.report import Report
from kvalitetslib.wheel import PlanRow

SUFFIX = "-nasta-period.csv"
_FORMULA = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet would take for a formula when a text begins with it."""


def plan_table(look: Lookup) -> Table | None:
    """The rows of the draft, with what each comes from."""
    rows = tuple(_shown(each, look) for each in look.report.plan)
    if not rows:
        return None
    head = ("Vad", "Slag", "Varför", "Gäller", "Ska vara klart")
    name = "Utkast till nästa period"
    return Table(name, head, rows, as_cards=True, is_caption_shown=False)


def plan_file(report: Report) -> str:
    """The name of the draft beside the nämnd's page."""
    return f"{report.namnd}{SUFFIX}"


def plan_csv(report: Report) -> str:
    """The draft as a CSV text, with a byte order mark; a heading alone when nothing is planned."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    names = [each.name for each in ATGARDER.columns]
    writer.writerow(names)
    look = Lookup(report)
    known = {each.id: each for each in report.atgarder}
    quarter = next_quarter(parse_period(report.quarter))
    number = 0
    for row in report.plan:
        atgard = known.get(row.atgard)
        if atgard is None:
            number += 1
            cells = _new_cells(row, look, f"{report.namnd}-{quarter.text}-{number:02}")
        else:
            cells = _cells(atgard)
        cells |= {"varfor": row.why.value, "belagg": row.evidence or row.lesson}
        writer.writerow([_inert(cells.get(name, "")) for name in names])
    return f"\ufeff{text.getvalue()}"


def next_quarter(quarter: Period) -> Period:
    """The quarter after ``quarter``."""
    year, month = quarter.end.year, quarter.end.month
    return quarter_of(date(year + month // 12, month % 12 + 1, 1))


def group_text(group: Group) -> str:
    """A group as a cell of ``grupp`` is written; one of a survey's own background has no such."""
    sex = "" if group.gender == "T" else group.gender
    return " · ".join(part for part in (sex, group.age, group.area) if part)


def _new_cells(row: PlanRow, look: Lookup, id: str) -> dict[str, str]:
    return {
        "id": id,
        "namnd": look.report.namnd,
        "rubrik": f"{row.name} ({people})" if (people := _people(row, look)) else row.name,
        "status": Status.PLANNED.value,
        "indikator": "" if _is_index(row, look) else row.indicator,
        "kategori": row.category,
        "grupp": group_text(_registered(row, look)),
        "ansvarig_roll": row.role,
        "mal": row.goal,
        "planerad_klar": _day(row.due),
    }


def _is_index(row: PlanRow, look: Lookup) -> bool:
    """Whether it is an index made of a survey's questions: no list can name it."""
    is_asked = row.indicator in look.asked and row.indicator not in look.results
    return is_asked and not look.asked[row.indicator][1].item.column


def _registered(row: PlanRow, look: Lookup) -> Group:
    """The group as far as kommun.toml knows it: a survey has ages and places of its own."""
    if row.indicator in look.results or row.indicator not in look.asked:
        return row.group
    known = {each.nyckel for each in look.report.areas}
    return Group(row.group.gender, area=row.group.area if row.group.area in known else "")


def _cells(atgard: Atgard) -> dict[str, str]:
    """An åtgärd that goes on, as it stands in atgarder.csv."""
    return {
        "id": atgard.id,
        "namnd": atgard.namnd,
        "rubrik": atgard.title,
        "status": atgard.status.value,
        "indikator": atgard.indicator,
        "kategori": atgard.category,
        "grupp": group_text(atgard.group),
        "start": _day(atgard.start),
        "klar": _day(atgard.done),
        "ansvarig_roll": atgard.role,
        "forslag_fran": atgard.proposed_by,
        "hypotes": atgard.hypothesis,
        "arbetssatt": atgard.practice,
        "verdikt": atgard.outcome.value,
        "rivaliserande_forklaring": atgard.rival,
        "kostnad": "" if atgard.cost is None else f"{atgard.cost:.15g}".replace(".", ","),
        "mal": ", ".join(atgard.goals),
        "beslut": atgard.decision,
        "beslutad": _day(atgard.decided),
        "planerad_klar": _day(atgard.planned_done),
        "verdikt_datum": _day(atgard.outcome_on),
        "verdikt_belagg": ", ".join(atgard.cited),
    }


def _inert(text: str) -> str:
    """A text that a spreadsheet does not run; an apostrophe shows that it is a text."""
    return f"'{text}" if _FORMULA.match(text) else text


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _shown(row: PlanRow, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = look.indicator(row.indicator)
    why = row.why.value
    return (
        Cell(row.name, note=_people(row, look)),
        row.kind.value,
        Cell(Said(why, (row.evidence,)) if row.evidence in look.evidence else why),
        indicator.title if indicator is not None else row.category or "hela nämnden",
        times.day(row.due) if row.due is not None else "–",
    )


def _people(row: PlanRow, look: Lookup) -> str:
    """The group of a row in words; nothing for all."""
    if row.group.is_total:
        return ""
    indicator = look.indicator(row.indicator)
    children = indicator.concerns_children if indicator is not None else False
    return wording.group_name(row.group, children=children, areas=look.report.areas)
