"""The questions of a codebook."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kvalitetslib.codebook import Compared, Item, Measure, Role, ScaleKind
from kvalitetslib.errors import accepted_words
from kvalitetslib.model import Direction, Kommun
from kvalitetslib.sources.keys import choice
from kvalitetslib.sources.scales import OPEN, Scale
from kvalitetslib.tomlfile import Section

STOOD, ANSWERED = "tog ställning", "alla som svarat"
"""Who is counted in a share: those who took a stand, or also those who answered don't know."""
_HME = ("", "motivation", "ledarskap", "styrning")
_DELTA = 5.0
_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Setting:
    """What questions share: scales, the boards of each theme, the survey's breaks and base."""

    kommun: Kommun
    scales: Mapping[str, Scale]
    namnder: Mapping[str, tuple[str, ...]]
    breaks: tuple[str, ...] = ()
    base: str = STOOD
    is_published: bool = False


def read_items(
    sections: tuple[Section, ...], base: Mapping[str, Item], setting: Setting
) -> dict[str, Item]:
    """The questions by id, those of ``base`` first; keys left out are taken from ``base``."""
    items = dict(base)
    places: dict[str, Section] = {}
    for section in sections:
        item = _item(section, base, setting)
        section.close()
        if item.id in places:
            section.fault("id", "samma fråga står två gånger", item.id, "varje id en gång")
        places[item.id] = section
        items[item.id] = item
    _check_together(places, items)
    return items


def with_namnder(item: Item, setting: Setting) -> Item:
    """The question with its theme's boards, unless it has its own."""
    return item if item.namnder else replace(item, namnder=setting.namnder.get(item.theme, ()))


def _item(section: Section, base: Mapping[str, Item], setting: Setting) -> Item:
    id = section.text("id")
    if id and not _ID.fullmatch(id):
        section.fault("id", "id:t har tecken som inte går", id, "a till z, siffror, - och _")
    old = base.get(id)
    scale = _scale(section, old, setting)
    measure = Measure(choice(section, "matt", tuple(Measure), _measure(old, scale)))
    counted = choice(section, "bas", (STOOD, ANSWERED), setting.base)
    if old and section.has("bas") and not section.has("skala"):
        section.fault("bas", "basen kan inte ändras utan skalan", counted, 'skala = "…" också')
    if counted == ANSWERED:
        scale = _counting_dont_know(section, scale, measure)
    kinds = (Direction.HIGH, Direction.LOW, Direction.NEUTRAL)
    item = Item(
        id=id,
        column=section.text("kolumn", old.column if old else id),
        text=section.text("text", old.text if old else None),
        subject=section.text("subjekt", _subject(old, scale)),
        scale=scale.kind,
        measure=measure,
        direction=Direction(choice(section, "riktning", kinds, _old(old, "direction", "hög"))),
        theme=section.text("tema", _old(old, "theme", "")),
        namnder=section.texts("namnder") or (old.namnder if old else ()),
        answers=scale.answers,
        dont_know=scale.dont_know,
        missing=scale.missing,
        role=Role(choice(section, "roll", tuple(Role), _old(old, "role", ""))),
        delta=section.number("relevant_skillnad", old.delta if old else _DELTA),
        hme=choice(section, "hme", _HME, _old(old, "hme", "")),
        breaks=section.texts("brott") or (old.breaks if old else setting.breaks),
        concerns_children=section.flag("barn", old.concerns_children if old else False),
        compared=_compared(section) or (old.compared if old else None),
    )
    _check(section, item, setting)
    return item


def _compared(section: Section) -> Compared | None:
    """``jamfor = { namn = "riket", varde = 62.0, marginal = 1.2 }``; the margin may be left out."""
    if not section.has("jamfor"):
        return None
    table = section.table("jamfor")
    margin = table.number("marginal") if table.has("marginal") else None
    found = Compared(table.text("namn"), table.number("varde"), margin)
    if margin is not None and margin < 0:
        table.fault("marginal", "marginalen är negativ", str(margin), "0 eller större")
    table.close()
    return found


def _old(old: Item | None, name: str, default: str) -> str:
    return str(getattr(old, name)) if old else default


def _subject(old: Item | None, scale: Scale) -> str | None:
    if old:
        return old.subject
    return "" if scale.kind is ScaleKind.OPEN else None


def _scale(section: Section, old: Item | None, setting: Setting) -> Scale:
    is_given = section.has("skala") or (old is None and not setting.is_published)
    name = section.text("skala", None if is_given else "")
    if name in setting.scales:
        return setting.scales[name]
    if name:
        section.fault("skala", "skalan är okänd", name, accepted_words(name, setting.scales))
    if old:
        return Scale(old.scale, old.answers, old.dont_know, old.missing)
    return OPEN if name else Scale(ScaleKind.STEPS, ())


def _measure(old: Item | None, scale: Scale) -> str:
    if old:
        return old.measure
    return Measure.NPS if scale.kind is ScaleKind.NPS else Measure.POSITIVE


def _counting_dont_know(section: Section, scale: Scale, measure: Measure) -> Scale:
    """The scale with don't know as an answer, which it is when it counts in the base."""
    if scale.dont_know and measure is not Measure.POSITIVE:
        section.fault("bas", "basen går bara ihop med andel positiva", measure, STOOD)
    return replace(scale, answers=(*scale.dont_know, *scale.answers), dont_know=())


def _check(section: Section, item: Item, setting: Setting) -> None:
    known = [namnd.nyckel for namnd in setting.kommun.namnder]
    for nyckel in item.namnder:
        if nyckel not in known:
            section.fault("namnder", "nämnden är okänd", nyckel, accepted_words(nyckel, known))
    if item.delta <= 0:
        section.fault("relevant_skillnad", "talet är inte större än 0", str(item.delta), "5.0")
    if not item.answers or item.scale is ScaleKind.OPEN:
        return
    if (item.measure is Measure.NPS) is not (item.scale is ScaleKind.NPS):
        accepted = "måttet nps till skaltypen nps, andra mått till andra skalor"
        section.fault("matt", "måttet passar inte skalan", item.measure, accepted)
    n = sum(answer.positive for answer in item.answers)
    if item.measure is Measure.POSITIVE and not 0 < n < len(item.answers):
        rule = "andel positiva kräver en skala där några svar är positiva"
        section.fault("skala", rule, f"{n} av {len(item.answers)}", "positiv = true på några svar")


def _check_together(places: Mapping[str, Section], items: Mapping[str, Item]) -> None:
    """Questions must not share a column, and only one can be the overall grade."""
    columns: dict[str, str] = {}
    overall = ""
    # The template's own questions come first: where one collides, the codebook's is at fault.
    for id, item in sorted(items.items(), key=lambda pair: pair[0] in places):
        first = columns.setdefault(item.column.casefold(), id)
        if first != id and id in places:
            rule = f"frågan har samma kolumn som frågan {first}"
            places[id].fault("kolumn", rule, item.column, "en kolumn för varje fråga")
        if item.role is Role.OVERALL and overall and id in places:
            rule = f"frågan {overall} har redan rollen helhet"
            places[id].fault("roll", rule, item.role, "en fråga med rollen helhet")
        if item.role is Role.OVERALL:
            overall = id
