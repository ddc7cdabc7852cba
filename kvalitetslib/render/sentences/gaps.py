"""What is said of a difference between groups, and of where it is heading."""

from collections.abc import Sequence

from kvalitetslib.model import Group, Indicator
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import waves
from kvalitetslib.render.sentences.terms import DECIDED, comparative, people, values_in_order
from kvalitetslib.report import Estimate, Evidence, Series, Verdict

TEMPLATES = {
    "differs": "{subject} är {more} {one} än {other}.",
    "level": "{subject} skiljer sig inte nämnvärt mellan {both}.",
    "undecided": "Det går inte att avgöra om {inner} skiljer sig mellan {both}.",
    "group_undecided": (
        "Det går inte att avgöra om {group} skiljer sig från {rest}. Det gäller {inner}."
    ),
    "parts_level": "{subject} skiljer sig inte nämnvärt mellan {parts}",
    "parts_untested": "Det är inte prövat om {inner} skiljer sig mellan {parts}",
    "parts_undecided": "Det går inte att avgöra om {inner} skiljer sig mellan {parts}",
    "unheld": "Det saknas något att jämföra {inner} {one} med.",
    "moves": "Skillnaden mellan {both} {moves} när det gäller {inner}.",
    "stays": "Skillnaden mellan {both} består när det gäller {inner}.",
    "move_undecided": (
        "Det går inte att avgöra om skillnaden mellan {both} förändras. Det gäller {inner}."
    ),
}


def gap(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    """How a group stands to another, women before men."""
    one, other, both = _sides(evidence, indicator, look)
    words = {
        "subject": wording.capital(indicator.subject),
        "inner": wording.lower_first(indicator.subject),
        "one": one,
        "other": other,
        "both": both,
    }
    if evidence.reference is None:
        return TEMPLATES["unheld"].format(**words)
    if evidence.verdict in DECIDED:
        value, against = values_in_order(evidence, cell)
        more = comparative(indicator, is_more=value > against)
        return TEMPLATES["differs"].format(more=more, **words)
    if evidence.verdict is Verdict.LEVEL:
        return TEMPLATES["level"].format(**words)
    # A background keeps its own words, which are many: the subject gets a sentence of its own.
    name = "group_undecided" if evidence.group.other else "undecided"
    group = wording.place_of(evidence.group)[1] or one.removeprefix("i ")
    rest = other.partition(" ")[2]
    return TEMPLATES[name].format(group=group, rest=rest, **words)


def among(tested: Sequence[Evidence], indicator: Indicator) -> Said:
    """What tests of ages and areas say together when none of them has found a difference."""
    is_level = all(each.verdict is Verdict.LEVEL for each in tested)
    name = "parts_level" if is_level else "parts_undecided"
    text = _parts(name, [each.group for each in tested], indicator)
    return Said(text, tuple(each.id for each in tested))


def untested(parts: Sequence[Series], indicator: Indicator) -> str:
    """What is said of ages and areas that have not been tested."""
    return _parts("parts_untested", [each.group for each in parts], indicator)


def _parts(template: str, groups: Sequence[Group], indicator: Indicator) -> str:
    kinds = any(each.age for each in groups), any(each.area for each in groups)
    names = [name for name, is_there in zip(("åldrar", "områden"), kinds, strict=True) if is_there]
    return TEMPLATES[template].format(
        subject=wording.capital(indicator.subject),
        inner=wording.lower_first(indicator.subject),
        parts=wording.join(names) or "grupper",
    )


def gap_trend(evidence: Evidence, indicator: Indicator, look: Lookup) -> str:
    """Whether the difference between women and men grows or shrinks."""
    women, men = people(indicator)
    words = {"both": f"{women} och {men}", "inner": wording.lower_first(indicator.subject)}
    if look.is_asked(evidence):
        return waves.gap_moved(evidence, words)
    if evidence.verdict in DECIDED:
        moves = "krymper" if evidence.verdict is Verdict.BETTER else "växer"
        return TEMPLATES["moves"].format(moves=moves, **words)
    name = "stays" if evidence.verdict is Verdict.LEVEL else "move_undecided"
    return TEMPLATES[name].format(**words)


def _sides(evidence: Evidence, indicator: Indicator, look: Lookup) -> tuple[str, str, str]:
    """The group, what it is held against, and both after ``mellan``."""
    if evidence.group.gender in ("K", "M"):
        women, men = people(indicator)
        return f"bland {women}", f"bland {men}", f"{women} och {men}"
    one = wording.group_phrase(evidence.group, areas=look.report.areas)
    if evidence.group.area:
        name = wording.area_name(evidence.group.area, look.report.areas)
        return one, "i övriga områden", f"{name} och övriga områden"
    if evidence.group.age:
        return one, "i övriga åldrar", f"{evidence.group.age} och övriga åldrar"
    if evidence.group.other:
        _, name = wording.place_of(evidence.group)
        rest = wording.rest_phrase(evidence.group)
        named = name or one.removeprefix("i ")
        return one, rest, f"{named} och {rest.partition(' ')[2]}"
    label = evidence.reference.label if evidence.reference else "övriga"
    return one, f"bland {label}", f"{one.removeprefix('bland ')} och {label}"
