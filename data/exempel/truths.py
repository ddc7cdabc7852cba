"""What is planted, written down: so that one can ask whether the analysis finds it."""

from collections.abc import Iterator

from exempel.indicators import Planted

COLUMNS = ("indikator", "namnd", "kon", "alder", "omrade", "sanning", "storlek", "kommentar")
CLEAR = 2.5
"""Relevant differences from which a planted level, movement or gap is a truth to be found."""

# indicator, nämnd, sex, age, area, truth, size in relevant differences, comment
OWN = (
    ("X-SVARSTID", "kommunstyrelsen", "T", "", "", "fallande", 3.0,
     "Medelsvarstiden sjunker från 14 till 8 dagar från och med 2025M09."),
    ("X-SVARSTID", "kommunstyrelsen", "T", "", "", "effekt", 3.0,
     "Åtgärden KS-A1 och omstarten 2025M09 sammanfaller med steget från 14 till 8 dagar."),
    ("X-TREVECKOR", "socialnamnden", "K", "", "", "fallande", -4.8,
     "Kvinnors andel sjunker från 80 till 56 procent."),
    ("X-TREVECKOR", "socialnamnden", "T", "", "", "svag", -2.4,
     "Nivån är 68 procent i den sista månaden och målet 80."),
    ("X-TREVECKOR", "socialnamnden", "K", "", "", "växande gap", -4.8,
     "Kvinnor väntar allt längre, men inte män."),
    ("X-NARVARO", "barn-och-utbildning", "T", "13–15 år", "", "fallande", -3.2,
     "Närvaron sjunker från 78 till 62 procent bland de äldsta eleverna."),
    ("X-NARVARO", "barn-och-utbildning", "T", "6–9 år", "", "ingenting", 0.0, ""),
    ("X-FALL", "vard-och-omsorg", "T", "", "", "stigande", -6.0,
     "Fallen fördubblas från och med 2026M03."),
    ("X-BYGGLOV", "samhallsbyggnad", "T", "", "", "ingenting", 0.0, ""),
    ("X-KONTROLLER", "miljo", "T", "", "", "stark", 1.2, "Målet är 90 procent, nivån 96."),
    ("X-SVARSTID", "kommunstyrelsen", "T", "", "", "stark", 1.0,
     "Nivån är 8 dagar och målet 10: nära gränsen för en relevant skillnad."),
    ("X-TILLSYN", "miljo", "T", "", "", "fallande", -5.2, "Från 92 till 66 procent."),
    ("X-ARENDETID", "overformyndare", "T", "", "", "ingenting", 0.0, ""),
    ("X-REDOVISNING", "overformyndare", "T", "", "", "stigande", 6.0, "Från 58 till 88 procent."),
    ("X-SIMKUNNIG", "kultur-och-fritid", "T", "", "norrskogen", "ojämlik", -4.4,
     "68 procent i Norrskogen, 90 procent i övriga områden."),
    ("X-SIMKUNNIG", "kultur-och-fritid", "T", "", "", "svag", -1.6,
     "Nivån är 87 procent och målet 95."),
    ("X-FRITIDSGARD", "kultur-och-fritid", "K", "", "", "minskande gap", 3.6,
     "Flickor har kommit i kapp pojkar: 18 procentenheter har blivit 0."),
    ("X-LARM", "vard-och-omsorg", "T", "", "", "ingenting", 0.0, ""),
    ("X-FELANMALAN", "samhallsbyggnad", "T", "", "", "svag", -1.0,
     "Nivån är 75 procent och målet 80: nära gränsen för en relevant skillnad."),
    ("X-FELANMALAN", "samhallsbyggnad", "T", "", "norrskogen", "växande gap", -6.0,
     "Landsbygden sjunker från 82 till 52 procent, men inte tätorten."),
    ("X-FELANMALAN", "samhallsbyggnad", "T", "", "sjobygden", "växande gap", -6.0,
     "Landsbygden sjunker från 82 till 52 procent, men inte tätorten."),
    ("X-SAMTAL", "kommunstyrelsen", "T", "", "", "brutet löfte", -4.2,
     "Löftet KS-L2 bryts 2025M01 till 2025M08: 66 procent. Sedan hålls det igen: 88 procent."),
    ("X-PLATS", "barn-och-utbildning", "T", "", "", "effekt", 3.4,
     "Åtgärden BUN-A4 sammanfaller med steget från 70 till 87 procent 2025M03."),
    ("X-BARNSAMTAL", "socialnamnden", "T", "", "", "sent nått mål", 7.2,
     "Från 60 till 96 procent 2025M09, när åtgärden SN-A3 börjar. Målet SN-6 gäller samma månad."),
    ("X-HALLTID", "kultur-och-fritid", "T", "", "", "återgång", 0.0,
     "Tre svaga månader före åtgärden KFN-A4, sedan samma nivå som förut: 85 procent."),
    ("X-KOMPLETT", "samhallsbyggnad", "T", "", "", "ingen effekt", 0.0,
     "Åtgärden SBN-A3 ändrar ingenting: 55 procent före och efter."),
    ("X-HAMTNING", "miljo", "T", "", "", "återkommande fel", -2.3,
     "Felet syns 2025K1 och kommer tillbaka 2025K4 och 2026K3: 86 procent mot annars 97,5."),
)  # fmt: skip


def rows(table: tuple[Planted, ...]) -> list[dict[str, str]]:
    """All rows of ``sanningar.csv``."""
    found = [row for planted in table for row in _of(planted)]
    for indicator, namnd, sex, age, area, truth, size, comment in OWN:
        cells = (indicator, namnd, sex, age, area, truth, _number(size), comment)
        found.append(dict(zip(COLUMNS, cells, strict=True)))
    return found


def _of(planted: Planted) -> Iterator[dict[str, str]]:
    truths = [*_level(planted), *_movement(planted), *_gap(planted), *_cost(planted)]
    if planted.follows:
        yield _follows(planted)
    for sex, truth, size in truths or [("T", "ingenting", 0.0)]:
        cells = (planted.id, planted.namnd, sex, "", "", truth, _number(size), planted.comment)
        yield dict(zip(COLUMNS, cells, strict=True))


def _follows(planted: Planted) -> dict[str, str]:
    """A row for the indicator that is followed, so that one can ask if the lead is found."""
    comment = f"Kommuner med höga värden har ofta {'låga' if planted.follows_by < 0 else 'höga'}"
    cells = (
        planted.id, planted.namnd, "T", "", "", "samvarierar",
        f"{planted.follows_by:.2f}".replace(".", ","), f"{comment} i {planted.follows}.",
    )  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))


def _level(planted: Planted) -> Iterator[tuple[str, str, float]]:
    level = planted.level[1]
    if planted.direction and abs(level) >= CLEAR:
        yield "T", "stark" if level > 0 else "svag", level
    elif planted.direction and planted.level != (0.0, 0.0):
        yield "T", "i nivå", level


def _movement(planted: Planted) -> Iterator[tuple[str, str, float]]:
    """The value's own direction; the size is positive when it moves the good way."""
    moved = (planted.level[1] - planted.level[0]) * planted.sign + planted.drift
    if abs(moved) >= CLEAR:
        yield "T", "stigande" if moved > 0 else "fallande", moved * planted.sign


def _gap(planted: Planted) -> Iterator[tuple[str, str, float]]:
    """Women minus men; the size is signed so that plus favours women."""
    first, last = planted.gap
    if abs(last) >= CLEAR:
        yield "K", "ojämlik", last * planted.sign
    if abs(last) - abs(first) >= CLEAR:
        yield "K", "växande gap", (last - first) * planted.sign
    elif abs(first) - abs(last) >= CLEAR:
        yield "K", "minskande gap", (last - first) * planted.sign


def _cost(planted: Planted) -> Iterator[tuple[str, str, float]]:
    """A step in what something costs; the size is positive when it costs more."""
    if planted.break_size and not planted.direction:
        step = -planted.break_size
        yield "T", "högre kostnad" if step > 0 else "lägre kostnad", step


def _number(value: float) -> str:
    return f"{value + 0.0:.1f}".replace(".", ",")
