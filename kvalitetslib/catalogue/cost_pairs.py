"""Which indicators of quality belong to the cost of a service."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from kvalitetslib.catalogue import catalogue
from kvalitetslib.errors import ConfigError, Fault, accepted_words
from kvalitetslib.model import CostPair, Direction, Indicator, Perspective
from kvalitetslib.tomlfile import Section, parse_toml

FILE = "kostnad/par.toml"
COST_UNITS = ("kronor", "procent")
"""How a cost may be counted: in kronor, or as a deviation from what is expected."""


@lru_cache(maxsize=1)
def default_pairs() -> tuple[CostPair, ...]:
    """The pairs that come with the package.

    Raises
    ------
    ConfigError : with all faults of the file.
    """
    faults: list[Fault] = []
    raw = (files("kvalitetslib.catalogue") / FILE).read_bytes()
    top = Section(parse_toml(raw, f"catalogue/{FILE}", faults), faults)
    pairs = read_pairs(top, catalogue().indicators)
    top.close()
    if faults:
        raise ConfigError(faults)
    return pairs


def read_pairs(top: Section, indicators: Mapping[str, Indicator]) -> tuple[CostPair, ...]:
    """The pairs of each ``[[kostnad]]``, in the file's order."""
    pairs: dict[str, CostPair] = {}
    for section in top.tables("kostnad"):
        pair = _pair(section, indicators)
        section.close()
        if pair.namn in pairs:
            rule = "samma namn står två gånger"
            section.fault("namn", rule, pair.namn, "ett namn som inte använts")
        pairs[pair.namn] = pair
    return tuple(pairs.values())


def with_own(pairs: tuple[CostPair, ...], own: tuple[CostPair, ...]) -> tuple[CostPair, ...]:
    """The pairs, each changed to the own one of the same name, then the other own ones."""
    return tuple(({each.namn: each for each in pairs} | {each.namn: each for each in own}).values())


def _pair(section: Section, indicators: Mapping[str, Indicator]) -> CostPair:
    name, cost = section.text("namn"), section.text("kostnad")
    noted = len(section.faults)
    quality = section.texts("kvalitet", is_required=True)
    if not quality and len(section.faults) == noted:
        section.fault("kvalitet", "listan är tom", "[]", "minst ett mått på kvalitet")
    _check_cost(section, cost, indicators)
    for id in quality:
        _check_quality(section, id, indicators)
    return CostPair(name, cost, quality)


def _check_cost(section: Section, id: str, indicators: Mapping[str, Indicator]) -> None:
    if id and id not in indicators:
        section.fault("kostnad", "värdet är okänt", id, accepted_words(id, indicators))
    elif id and not is_cost(indicators[id]):
        accepted = 'ett mått med perspektiv "ekonomi", i kronor eller procent, utan riktning "hög"'
        section.fault("kostnad", "måttet är ingen kostnad", id, accepted)


def _check_quality(section: Section, id: str, indicators: Mapping[str, Indicator]) -> None:
    if id not in indicators:
        section.fault("kvalitet", "värdet är okänt", id, accepted_words(id, indicators))
    elif not is_quality(indicators[id]):
        accepted = 'ett mått med riktning "hög" eller "låg" och en relevant skillnad över 0'
        section.fault("kvalitet", "måttet kan inte mäta kvalitet", id, accepted)


def is_quality(indicator: Indicator) -> bool:
    """Whether a change in the indicator can be called better or worse, and counted."""
    return indicator.direction in (Direction.HIGH, Direction.LOW) and indicator.delta > 0


def is_cost(indicator: Indicator) -> bool:
    """Whether the indicator tells what something costs."""
    return (
        indicator.perspective is Perspective.ECONOMY
        and indicator.direction in (Direction.NEUTRAL, Direction.LOW)
        and indicator.unit.split(" ")[0] in COST_UNITS
    )
