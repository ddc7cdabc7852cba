"""The curated catalogue: what each entry must hold, and that it agrees with the real Kolada."""

import csv
import re
import tomllib
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CATALOGUE = Path(__file__).parents[1] / "kvalitetslib" / "catalogue"
AREAS = {
    "arbetsmarknad",
    "barn-och-utbildning",
    "individ-och-familj",
    "kommunstyrelsen",
    "kultur-och-fritid",
    "miljo",
    "overformyndare",
    "samhallsbyggnad",
    "vard-och-omsorg",
}
UNITS = {
    "antal",
    "antal per 1 000 invånare",
    "antal per 10 000 invånare",
    "antal per 100 000 invånare",
    "antal per barn",
    "antal per invånare",
    "dagar",
    "index",
    "kilo per invånare",
    "kilometer",
    "kronor per elev",
    "kronor per invånare",
    "kronor per kvadratmeter",
    "kronor per uppdrag",
    "megawattimmar per invånare",
    "minuter",
    "poäng",
    "procent",
    "procentenheter",
    "ton per invånare",
}
DIRECTIONS = {"hög", "låg", "neutral", "intervall"}
PERSPECTIVES = {"resultat", "brukare", "invånare", "medarbetare", "ekonomi", "volym"}
REQUIRED: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "titel": str,
    "subjekt": str,
    "enhet": str,
    "riktning": str,
    "decimaler": int,
    "relevant_skillnad": float,
    "konsuppdelad": bool,
    "barn": bool,
    "perspektiv": str,
    "kalla": str,
}
OPTIONAL: dict[str, type | tuple[type, ...]] = {
    "alder": str,
    "upphord": int,
    "brott": list,
    "omstart": list,
    "handelser": bool,
    "osakerhet": str,
    "mal_fran": (int, float),
    "mal_till": (int, float),
}
KEYS = REQUIRED | OPTIONAL

Kolada = dict[str, dict[str, str]]  # the rows of the real catalogue by id

KOLADA_ID = re.compile(r"[NU]\d{5}")
DEFINITE_FIRST_WORD = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:en|et|ron|na) ")
UNIT_WORD = re.compile(
    r"%|\b(?:procent|andel|antal|index|kr|kronor|dagar|minuter)\b", re.IGNORECASE
)
PERCENT_WORD = re.compile(r"%|procent", re.IGNORECASE)
ABBREVIATION = re.compile(r"[A-ZÅÄÖ]{2}|\.|(?i:\b(?:åk|inv|kr|st|ca|bl|tex|sfi|lss|hvb|hme)\b)")
# A plain band, or a group the source does not bound; what needs explaining stands in brackets.
AGE_BAND = re.compile(
    r"(?:\d{1,2}(?:–\d{1,2})? år(?: och äldre)?|barn|barn och unga)(?: \([^()]+\))?"
)
# Kolada writes (-2024), but also (- 2024) and with two digits; not always last in the title.
DISCONTINUED = re.compile(r"\(\s*[-–]\s*(?P<year>(?:19|20)?\d\d)\s*\)")
UNCERTAINTY_PREFIX = "Osäkerhetstal"
# Titles of a pair differ by a slip of the pen in the source, seldom more (0.8 = two such slips).
SAME_TITLE = 0.8


def _files() -> dict[str, dict[str, Any]]:
    paths = sorted(CATALOGUE.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


FILES = _files()
ENTRIES: list[dict[str, Any]] = [
    entry for area in FILES.values() for entry in area.get("indikator", [])
]


def _ids(entries: list[dict[str, Any]]) -> list[str]:
    return [str(entry.get("id")) for entry in entries]


def _is_of_type(value: object, wanted: type | tuple[type, ...]) -> bool:
    """Strict for booleans, which Python counts as integers."""
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))


def _children_are_included(age_band: str) -> bool:
    """A band that starts below 18, or a group named as children."""
    lowest = re.match(r"\d+", age_band)
    return int(lowest.group()) < 18 if lowest else age_band.startswith("barn")


def _bare_title(title: str) -> str:
    """A Kolada title without the prefixes that tell a value from its uncertainty."""
    bare = re.sub(rf"^(?:{UNCERTAINTY_PREFIX}|Medborgarundersökningen)\s*-\s*", "", title.strip())
    return re.sub(r"[\s,.()]+", " ", bare.lower()).strip()


def _year(mark: str) -> int:
    return int(mark) if len(mark) == 4 else 2000 + int(mark)


# --- structure, without any real data -----------------------------------------------------------


def test_there_is_one_file_for_each_area() -> None:
    assert set(FILES) >= AREAS


def test_the_area_key_is_the_file_name() -> None:
    assert [key for key, area in FILES.items() if area.get("omrade") != key] == []


def test_each_area_has_a_name_and_no_unknown_keys() -> None:
    odd = [key for key, area in FILES.items() if set(area) != {"omrade", "namn", "indikator"}]
    assert odd == []


def test_each_file_begins_with_a_comment_about_the_area() -> None:
    paths = CATALOGUE.glob("*.toml")
    assert [p.stem for p in paths if not p.read_text(encoding="utf-8").startswith("# ")] == []


def test_the_catalogue_holds_at_least_90_indicators() -> None:
    assert len(ENTRIES) >= 90


def test_each_area_holds_at_least_six_indicators() -> None:
    assert [key for key, area in FILES.items() if len(area["indikator"]) < 6] == []


def test_each_id_stands_in_one_place() -> None:
    assert [kpi for kpi, times in Counter(_ids(ENTRIES)).items() if times > 1] == []


def test_each_id_is_shaped_like_a_kolada_id() -> None:
    assert [kpi for kpi in _ids(ENTRIES) if not KOLADA_ID.fullmatch(kpi)] == []


def test_each_entry_has_the_required_keys() -> None:
    missing = [(e.get("id"), key) for e in ENTRIES for key in REQUIRED if key not in e]
    assert missing == []


def test_no_entry_has_an_unknown_key() -> None:
    assert [(e["id"], key) for e in ENTRIES for key in e if key not in KEYS] == []


def test_each_value_has_the_right_type() -> None:
    wrong = [
        (e["id"], key, value)
        for e in ENTRIES
        for key, value in e.items()
        if key in KEYS and not _is_of_type(value, KEYS[key])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "allowed"),
    [
        ("enhet", UNITS),
        ("riktning", DIRECTIONS),
        ("perspektiv", PERSPECTIVES),
        ("kalla", {"Kolada"}),
        ("decimaler", {0, 1, 2}),
    ],
)
def test_each_value_is_in_its_closed_set(key: str, allowed: set[object]) -> None:
    assert [(e["id"], e[key]) for e in ENTRIES if e[key] not in allowed] == []


def test_each_unit_in_the_closed_set_is_used() -> None:
    assert UNITS - {e["enhet"] for e in ENTRIES} == set()


def test_only_an_interval_has_limits_and_it_has_both() -> None:
    wrong = [
        e["id"]
        for e in ENTRIES
        if [key in e for key in ("mal_fran", "mal_till")] != [e["riktning"] == "intervall"] * 2
    ]
    assert wrong == []


def test_each_relevant_difference_is_above_zero() -> None:
    assert [e["id"] for e in ENTRIES if e["relevant_skillnad"] <= 0] == []


def test_each_relevant_difference_can_be_seen_with_the_decimals_shown() -> None:
    unseen = [e["id"] for e in ENTRIES if e["relevant_skillnad"] < 10 ** -e["decimaler"]]
    assert unseen == []


def test_each_relevant_difference_of_a_share_is_at_most_five_points() -> None:
    wide = [e["id"] for e in ENTRIES if e["enhet"] == "procent" and e["relevant_skillnad"] > 5]
    assert wide == []


def test_volumes_have_no_direction() -> None:
    volumes = [e for e in ENTRIES if e["perspektiv"] == "volym"]
    assert [e["id"] for e in volumes if e["riktning"] != "neutral"] == []


def test_costs_have_no_direction() -> None:
    costs = [
        e
        for e in ENTRIES
        if e["enhet"].startswith("kronor") or e["subjekt"].startswith("Nettokostnadsavvikelsen")
    ]
    assert [e["id"] for e in costs if e["riktning"] != "neutral"] == []


# --- language -----------------------------------------------------------------------------------


def test_titles_are_at_most_60_characters() -> None:
    assert [(e["id"], len(e["titel"])) for e in ENTRIES if not 0 < len(e["titel"]) <= 60] == []


def test_titles_carry_no_unit() -> None:
    assert [(e["id"], e["titel"]) for e in ENTRIES if UNIT_WORD.search(e["titel"])] == []


def test_titles_are_all_different() -> None:
    assert [t for t, n in Counter(e["titel"] for e in ENTRIES).items() if n > 1] == []


def test_subjects_are_all_different() -> None:
    # Two subjects may coincide only when the age band printed beside them tells them apart.
    pairs = Counter((e["subjekt"], e.get("alder")) for e in ENTRIES)
    assert [pair for pair, n in pairs.items() if n > 1] == []


def test_subjects_are_at_most_110_characters() -> None:
    assert [(e["id"], len(e["subjekt"])) for e in ENTRIES if len(e["subjekt"]) > 110] == []


def test_subjects_begin_with_a_definite_noun() -> None:
    wrong = [e["subjekt"] for e in ENTRIES if not DEFINITE_FIRST_WORD.match(e["subjekt"])]
    assert wrong == []


def test_subjects_have_no_percent_words() -> None:
    assert [e["subjekt"] for e in ENTRIES if PERCENT_WORD.search(e["subjekt"])] == []


def test_subjects_have_no_abbreviations_and_no_full_stop() -> None:
    assert [e["subjekt"] for e in ENTRIES if ABBREVIATION.search(e["subjekt"])] == []


def test_no_text_uses_the_norm_setting_darav() -> None:
    texts = [e["titel"] + " " + e["subjekt"] for e in ENTRIES]
    assert [text for text in texts if "därav" in text.lower()] == []


def test_no_text_has_doubled_or_outer_spaces() -> None:
    texts = [e[key] for e in ENTRIES for key in ("titel", "subjekt")]
    assert [text for text in texts if text != " ".join(text.split())] == []


# --- age, children, breaks ----------------------------------------------------------------------


def test_age_bands_are_written_in_one_way() -> None:
    bands = {e["alder"] for e in ENTRIES if "alder" in e}
    assert [band for band in sorted(bands) if not AGE_BAND.fullmatch(band)] == []


def test_children_always_have_an_age_band_that_includes_them() -> None:
    children = [e for e in ENTRIES if e["barn"]]
    wrong = [e["id"] for e in children if not _children_are_included(e.get("alder", ""))]
    assert wrong == []


def test_indicators_wholly_below_18_are_marked_as_children() -> None:
    below = [
        e for e in ENTRIES if re.match(r"(?:\d+–)?(?:\d|1[0-7]) år(?! och)", e.get("alder", ""))
    ]
    assert [e["id"] for e in below if not e["barn"]] == []


def test_breaks_have_a_year_and_a_sentence() -> None:
    breaks = [(e["id"], item) for e in ENTRIES for item in e.get("brott", [])]
    wrong = [
        (kpi, item)
        for kpi, item in breaks
        if set(item) != {"ar", "orsak"}
        or not 1990 < item["ar"] < 2100
        or not re.fullmatch(r"[A-ZÅÄÖ].{10,}\.", item["orsak"])
    ]
    assert wrong == []


def test_breaks_stand_in_order() -> None:
    years = [(e["id"], [item["ar"] for item in e.get("brott", [])]) for e in ENTRIES]
    assert [kpi for kpi, ys in years if ys != sorted(set(ys))] == []


def test_an_uncertainty_indicator_belongs_to_one_indicator_only() -> None:
    used = Counter(e["osakerhet"] for e in ENTRIES if "osakerhet" in e)
    assert [kpi for kpi, times in used.items() if times > 1 or kpi in _ids(ENTRIES)] == []


# --- agreement with the real catalogue ----------------------------------------------------------


@cache
def _kolada_rows(path: Path) -> Kolada:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(name="kolada")
def _kolada(realdata: Path) -> Kolada:
    return _kolada_rows(realdata / "kolada" / "rkolada_2026-03" / "kpi_catalogue.csv")


def test_each_id_is_in_kolada(kolada: Kolada) -> None:
    assert [kpi for kpi in _ids(ENTRIES) if kpi not in kolada] == []


def test_the_sex_split_agrees_with_kolada(kolada: Kolada) -> None:
    wrong = [
        e["id"]
        for e in ENTRIES
        if str(e["konsuppdelad"]) != kolada[e["id"]]["is_divided_by_gender"]
    ]
    assert wrong == []


def test_each_indicator_exists_for_municipalities(kolada: Kolada) -> None:
    wrong = [e["id"] for e in ENTRIES if kolada[e["id"]]["municipality_type"] not in {"K", "A"}]
    assert wrong == []


def test_the_last_year_of_a_discontinued_indicator_agrees_with_kolada(kolada: Kolada) -> None:
    marks = {e["id"]: DISCONTINUED.search(kolada[e["id"]]["title"]) for e in ENTRIES}
    ended = {kpi: _year(mark["year"]) for kpi, mark in marks.items() if mark}
    assert {e["id"]: e["upphord"] for e in ENTRIES if "upphord" in e} == ended


def test_uncertainty_ids_are_uncertainty_indicators(kolada: Kolada) -> None:
    wrong = [
        (e["id"], e["osakerhet"])
        for e in ENTRIES
        if "osakerhet" in e
        and not kolada.get(e["osakerhet"], {}).get("title", "").startswith(UNCERTAINTY_PREFIX)
    ]
    assert wrong == []


def test_uncertainty_titles_match_the_title_of_their_indicator(kolada: Kolada) -> None:
    titles = [
        (
            e["id"],
            _bare_title(kolada[e["id"]]["title"]),
            _bare_title(kolada[e["osakerhet"]]["title"]),
        )
        for e in ENTRIES
        if "osakerhet" in e
    ]
    unlike = [
        (kpi, own, other)
        for kpi, own, other in titles
        if SequenceMatcher(None, own, other).ratio() < SAME_TITLE
    ]
    assert unlike == []


def test_no_uncertainty_indicator_with_the_same_title_is_forgotten(kolada: Kolada) -> None:
    known = {
        _bare_title(row["title"]): kpi
        for kpi, row in kolada.items()
        if row["title"].startswith(UNCERTAINTY_PREFIX)
    }
    wanted = {e["id"]: known.get(_bare_title(kolada[e["id"]]["title"])) for e in ENTRIES}
    forgotten = [e["id"] for e in ENTRIES if wanted[e["id"]] not in {None, e.get("osakerhet")}]
    assert forgotten == []


def test_titles_and_subjects_are_in_our_own_words(kolada: Kolada) -> None:
    copied = [
        (e["id"], key)
        for e in ENTRIES
        for key in ("titel", "subjekt")
        if len(e[key].split()) > 3 and e[key].lower() in kolada[e["id"]]["description"].lower()
    ]
    assert copied == []


def test_the_indicators_of_skrs_municipal_analysis_are_in_the_school_area(realdata: Path) -> None:
    path = realdata / "kolada" / "skr_kommunanalys_2016-2020" / "Nyckeltal.txt"
    ids = {line.split("¤")[0] for line in path.read_text(encoding="utf-8").splitlines() if line}
    assert len(ids) == 18
    assert ids - set(_ids(FILES["barn-och-utbildning"]["indikator"])) == set()
