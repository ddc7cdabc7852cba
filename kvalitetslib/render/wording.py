"""Swedish numbers, groups and lists. No other module makes a number into text."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kvalitetslib.model import Area, Group, Indicator

NBSP = "\u00a0"
MINUS = "\u2212"
PERCENT = "procent"
_BARE_UNITS = frozenset({"", "antal", "index", "kvot", "nps", "tal"})
_SINGULAR = {
    "barn": "barn",
    "besök": "besök",
    "dagar": "dag",
    "elever": "elev",
    "enheter": "enhet",
    "kronor": "krona",
    "minuter": "minut",
    "månader": "månad",
    "personer": "person",
    "procentenheter": "procentenhet",
    "timmar": "timme",
    "veckor": "vecka",
    "ärenden": "ärende",
}
_ALPHABET = {letter: rank for rank, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}
_FOLDED = str.maketrans("éèêëáàâãíìîïóòôõúùûüñçæø", "eeeeaaaaiiiioooouuuyncäö")
_GENDER = {"K": ("kvinnor", "flickor"), "M": ("män", "pojkar")}
PLACES = {
    "skola": ("på", "övriga skolor"),
    "förskola": ("på", "övriga förskolor"),
    "enhet": ("på", "övriga enheter"),
    "boende": ("på", "övriga boenden"),
    "verksamhet": ("inom", "övriga verksamheter"),
    "förvaltning": ("inom", "övriga förvaltningar"),
}
"""Backgrounds that are places, with the preposition and the rest of them."""
_SMALL = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva")
_SMALL_LAST = "tolv"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d)")
_ONES = frozenset({"1", "+1", f"{MINUS}1"})


# A value stands in a chart, its table, a sentence and its evidence: most are written many times.
@lru_cache(maxsize=8192)
def number(value: float, decimals: int = 0) -> str:
    """The number with decimal comma, no-break space between thousands and a true minus."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def plain(value: float, most: int = 3) -> str:
    """The number with as many decimals as it needs, at most ``most``."""
    text = number(value, most)
    return text.rstrip("0").rstrip(",") if "," in text else text


def signed(value: float, decimals: int = 0) -> str:
    """The number with its sign; a number that rounds to nothing has none."""
    text = number(value, decimals)
    has_sign = text.startswith(MINUS) or not text.strip("0,")
    return text if has_sign else f"+{text}"


def quantity(value: float, unit: str, decimals: int = 0) -> str:
    """The number with its unit: ``68,2 %``, ``1 dag``, ``104 974 kronor per elev``."""
    return _with_unit(number(value, decimals), unit)


def distance(value: float, unit: str, decimals: int = 0) -> str:
    """The size of a difference: between shares it is counted in procentenheter."""
    return _with_unit(number(abs(value), decimals), difference_unit(unit))


def signed_distance(value: float, unit: str, decimals: int = 0) -> str:
    """A difference with its sign and the unit it is counted in: ``−1,5 procentenheter``."""
    return _with_unit(signed(value, decimals), difference_unit(unit))


def least(value: float, unit: str) -> str:
    """The smallest difference that matters, with no more decimals than it has."""
    return _with_unit(plain(value), difference_unit(unit))


def difference_unit(unit: str) -> str:
    """The unit in which a difference between two values of ``unit`` is counted."""
    if is_share(unit):
        return "procentenheter"
    return "enheter" if unit in _BARE_UNITS else unit.removeprefix("antal ")


def counted_in(unit: str) -> str:
    """The unit of a difference, as it stands alone after ``i``."""
    counted = unit_text(difference_unit(unit))
    return f"antal {counted}" if counted.startswith("per ") else counted


@lru_cache(maxsize=256)
def is_share(unit: str) -> bool:
    return unit == "%" or unit.split(" ")[0].rstrip(",") == PERCENT


def of(value: float, indicator: Indicator) -> str:
    """A value of an indicator, with its unit."""
    return quantity(value, indicator.unit, indicator.decimals)


def pair(first: float, second: float, indicator: Indicator) -> tuple[str, str]:
    """Two values with enough decimals to tell them apart, if three more are enough."""
    decimals = _telling_decimals(first, second, indicator.decimals)
    one, other = (quantity(each, indicator.unit, decimals) for each in (first, second))
    return one, other


def against(first: float, second: float, indicator: Indicator) -> str:
    """Two values beside each other: ``68,2 % mot 77,4 %``, ``22 mot 14 dagar``."""
    one, other = pair(first, second, indicator)
    if not is_share(indicator.unit):
        one = number(first, _telling_decimals(first, second, indicator.decimals))
    return f"{one} mot {other}"


def probability(value: float) -> str:
    """A p or q value: three decimals, and never nothing."""
    return f"mindre än {number(0.001, 3)}" if value < 0.001 else number(value, 3)


def span(low: float, high: float, unit: str, decimals: int = 0) -> str:
    """An interval: ``53–61 %``, ``−8 till 3``; with a minus a dash could not be read."""
    between = " till " if min(low, high) < 0 else "–"
    return f"{number(low, decimals)}{between}{quantity(high, unit, decimals)}"


def sample(n: float) -> str:
    """How many answered: ``n = 1 311``, never broken over two lines."""
    return f"n{NBSP}={NBSP}{number(n)}"


def count(value: int, *, neuter: bool = False) -> str:
    """A small count in words, a large one in digits: ``tre``, ``14``."""
    if value == 1:
        return "ett" if neuter else "en"
    if value == len(_SMALL):
        return _SMALL_LAST
    return _SMALL[value] if 0 <= value < len(_SMALL) else number(value)


def join(items: Sequence[str], last: str = "och") -> str:
    """``a``, ``a och b``, ``a, b och c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence; abbreviations keep their capitals."""
    is_word = len(text) == 1 or text[1:2].islower()
    return text[:1].lower() + text[1:] if is_word else text


def sentence(text: str) -> str:
    """The text with a capital first and a full stop last."""
    trimmed = text.strip()
    if not trimmed:
        return ""
    return capital(trimmed) if trimmed[-1] in ".!?…" else f"{capital(trimmed)}."


def collation(text: str) -> tuple[tuple[int, ...], str]:
    """A sorting key: å, ä and ö come last, accents and case do not count but in ties."""
    folded = text.lower().translate(_FOLDED)
    ranks = tuple(
        _ALPHABET[sign] + 100 if sign in _ALPHABET else min(ord(sign), 99) for sign in folded
    )
    return ranks, text


def gender_name(code: str, *, children: bool = False) -> str:
    """``kvinnor`` or ``flickor``, ``män`` or ``pojkar``, ``alla``; other codes as they are."""
    if code in ("T", ""):
        return "alla"
    return _GENDER[code][children] if code in _GENDER else f"kön {code}"


def area_name(nyckel: str, areas: Sequence[Area] = ()) -> str:
    """The area's name, or its key when the kommun has not named it."""
    return {each.nyckel: each.namn for each in areas}.get(nyckel, nyckel)


def group_name(group: Group, *, children: bool = False, areas: Sequence[Area] = ()) -> str:
    """A group as a heading: ``flickor``, ``6–15 år``, ``kvinnor, 80 år och äldre, Centrum``."""
    if group.is_total:
        return "alla"
    people = "" if group.gender == "T" else gender_name(group.gender, children=children)
    place = area_name(group.area, areas) if group.area else ""
    return ", ".join(part for part in (people, group.age, place, group.other) if part)


def group_phrase(group: Group, *, children: bool = False, areas: Sequence[Area] = ()) -> str:
    """A group inside a sentence: ``bland flickor i Centrum``; nothing for all.

    A place of work or study stands by its name: ``på Torgskolan``. A group of another background
    keeps its own words: ``i gruppen ”utbildning: gymnasium”``.
    """
    people = "" if group.gender == "T" else f"bland {gender_name(group.gender, children=children)}"
    age = f"i åldern {group.age}" if group.age else ""
    place = f"i {area_name(group.area, areas)}" if group.area else ""
    return " ".join(part for part in (people, age, place, _background(group)) if part)


def _background(group: Group) -> str:
    kind, name = place_of(group)
    if name:
        return f"{PLACES[kind][0]} {name}"
    return f"i gruppen ”{lower_first(group.other)}”" if group.other else ""


def rest_phrase(group: Group) -> str:
    """What a group of another background is held against: ``på övriga skolor``."""
    kind, name = place_of(group)
    return " ".join(PLACES[kind]) if name else "bland övriga"


def place_of(group: Group) -> tuple[str, str]:
    """The kind of place that the group is, and its name; two empty texts when it is no place."""
    kind, _, name = group.other.partition(": ")
    return (lower_first(kind), name) if lower_first(kind) in PLACES else ("", "")


def group_order(group: Group) -> tuple[object, ...]:
    """A sorting key: all first, women before men, then ages and areas in Swedish order."""
    rank = {"T": 0, "K": 1, "M": 2}.get(group.gender, 3)
    ages = tuple(int(part) for part in group.age.replace("–", " ").split() if part.isdigit())
    other = bool(group.other), collation(group.other)
    return *other, bool(group.area), bool(group.age), collation(group.area), ages, group.age, rank


def _telling_decimals(first: float, second: float, decimals: int) -> int:
    for each in range(decimals, decimals + 4):
        if first == second or number(first, each) != number(second, each):
            return each
    return decimals


def unit_text(unit: str) -> str:
    """The unit as it is shown: no line is broken inside ``1 000 invånare``."""
    return _THOUSANDS.sub(NBSP, unit)


def _with_unit(text: str, unit: str) -> str:
    return text + _after(unit, is_one=text in _ONES)


@lru_cache(maxsize=256)
def _after(unit: str, *, is_one: bool) -> str:
    """The unit as it follows its number: `` %``, `` dag``, `` kronor per elev``."""
    if unit in _BARE_UNITS:
        return ""
    if is_share(unit):
        rest = unit.removeprefix("%").removeprefix(PERCENT)
        return f"{NBSP}%{rest}"
    # "antal per barn" counts by its denominator alone: "12 per barn".
    first, _, rest = unit_text(unit).removeprefix("antal ").partition(" ")
    word = _SINGULAR.get(first, first) if is_one else first
    return f"{NBSP}{word}{' ' + rest if rest else ''}"
