"""Named ways to break a valid survey, each with the one message that must come of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyreadstat
from tiny_survey import WAVE_2024, TinySurvey

from kvalitetslib.errors import ConfigError, DataError, KvalitetError, SourceError

Break = Callable[[TinySurvey], object]
BOOK, THEN, NOW = "trivsel.toml", "trivsel_2024.csv", "trivsel_2025.csv"


@dataclass(frozen=True)
class FaultySurvey:
    """One mutation of the valid survey; the message must hold every one of ``parts``."""

    name: str
    error: type[KvalitetError]
    parts: tuple[str, ...]
    change: Break


def _book(name: str, old: str, new: str, *parts: str) -> FaultySurvey:
    """A change of the codebook that makes the codebook wrong."""
    return FaultySurvey(name, ConfigError, (BOOK, *parts), lambda tiny: tiny.swap(BOOK, old, new))


def _data(name: str, old: str, new: str, *parts: str) -> FaultySurvey:
    """A change of the first wave's answers."""
    return FaultySurvey(name, DataError, (THEN, *parts), lambda tiny: tiny.swap(THEN, old, new))


def _misfit(name: str, old: str, new: str, *parts: str) -> FaultySurvey:
    """A change of the codebook that the answers do not agree with."""
    return FaultySurvey(name, DataError, parts, lambda tiny: tiny.swap(BOOK, old, new))


def _file(name: str, file: str, raw: bytes, *parts: str) -> FaultySurvey:
    """Other bytes in a file of the survey."""
    return FaultySurvey(
        name, SourceError, (file, *parts), lambda tiny: (tiny.folder / file).write_bytes(raw)
    )


def _broken_sav(tiny: TinySurvey) -> None:
    """The second wave as a .sav whose å is a byte that UTF-8 does not have."""
    path = tiny.folder / "trivsel.sav"
    pyreadstat.write_sav(pd.DataFrame({"f01": [1.0, 2.0], "kommentar": ["åååå", "b"]}), path)
    path.write_bytes(path.read_bytes().replace("åååå".encode(), b"\xe5" * 8))
    tiny.swap(BOOK, NOW, "trivsel.sav")
    (tiny.folder / NOW).unlink()


def _damaged_sav(tiny: TinySurvey) -> None:
    tiny.write("trivsel.sav", "inte SPSS")
    tiny.swap(BOOK, NOW, "trivsel.sav")
    (tiny.folder / NOW).unlink()


_HEAD = WAVE_2024.splitlines()[0]

FAULTY_SURVEYS = (
    _book("unknown key", 'namn = "Triv', 'nman = "x"\nnamn = "Triv', "rad 2", "nman", "namn?"),
    _book("unknown section", "[[skala]]", "[[skalor]]\n[[skala]]", "skalor", "skala?"),
    _book("unknown template", 'viktning = "rakning"', 'mall = "skolenkot"', "skolenkat?"),
    _book("broken TOML", "[kolumner]", "[kolumner", "TOML:s skrivsätt", "[kolumner"),
    _book("too small smallest", "[kolumner]", "minsta_antal_svar = 3\n[kolumner]", "lägre", "3"),
    _book("unknown weighting", '"rakning"', '"raking"', "rad 5", "raking", "rakning?"),
    _book("unknown scale", 'skala = "bra4"', 'skala = "bra5"', "skalan är okänd", "bra4?"),
    _book("unknown board", '["skola"]', '["skolan"]', "nämnden är okänd", "skola?"),
    _book("unknown theme", '"Trygghet" = [', '"Trygheten" = [', "ingen fråga har", "Trygghet?"),
    _book("unknown area", '"norr"', '"nord"', "området är okänt", "nord", "norr?"),
    _book("age gap", '50 år och äldre"]', '52 år och äldre"]', "lucka", "18–49 år", "50 år"),
    _book("age overlap", '"18–49 år"', '"18–55 år"', "överlappar", "till och med 55 år"),
    _book("margin of no group", "K|18-49", "K|18-40", "finns inte i bakgrunden alder", "18-40"),
    _book("margin of no variable", '["kon", "alder"]', '["kon", "aldr"]', "aldr", "alder?"),
    _book("margin of nothing", "antal = { K = 600, M = 600 }", "", "inga antal"),
    _book(
        "raking without margins",
        '[[omgang.marginal]]\nvariabler = ["kon"]\nantal = { K = 600, M = 600 }\n',
        "",
        "kräver kända antal",
    ),
    _book("waves out of order", 'period = "2025"', 'period = "2023"', "tidsordning efter 2024"),
    _book("strange period", 'period = "2025"', 'period = "25"', "perioden har fel form", "25"),
    _book("future wave", 'period = "2025"', 'period = "2027"', "inte slut än", "2026-10-12"),
    _book("file elsewhere", NOW, "../x.csv", "utanför mappen"),
    _book("strange ending", NOW, "trivsel.ods", "ändelse", ".sav"),
    _book("same code twice", 'kod = "4"', 'kod = "3"', "samma kod står två gånger i skalan"),
    _book(
        "nothing positive", 'skala = "bra4"\ntema = "Trivsel"', 'skala = "lika"', "skalan är okänd"
    ),
    _book("same question twice", 'id = "f02"', 'id = "f01"', "samma fråga står två gånger"),
    _book("shared column", 'id = "f02"', 'id = "f02"\nkolumn = "f01"', "samma kolumn som", "f01"),
    _book(
        "two overall grades",
        'tema = "Trygghet"',
        'tema = "Trygghet"\nroll = "helhet"',
        "har redan rollen helhet",
    ),
    _book("invited do not add up", "utsanda = 30", "utsanda = 31", "30 mot 31"),
    _book("more invited than live there", "folkmangd = 500", "folkmangd = 5", "1 till 5"),
    _book("no strata column", 'stratum = "stratum"', "", "ingen kolumn för dem"),
    _data(
        "answer outside the scale",
        "1;1;1,5;2;1990;c;4",
        "1;1;1,5;2;1990;c;7",
        "rad 2, kolumn f01",
        "Hittade: 7",
        "1, 2, 3, 4, 8, 9, eller tomt",
    ),
    _data("same respondent twice", "\n2;1;1,5", "\n1;1;1,5", "rad 3", "redan på rad 2"),
    _data("nameless respondent", "\n2;1;1,5", "\n;1;1,5", "rad 3", "svarandens id saknas"),
    _data("negative weight", "2;1;1,5", "2;1;-1,5", "rad 3, kolumn vikt", "inte större än 0"),
    _data("zero weight", "2;1;1,5", "2;1;0", "rad 3, kolumn vikt", "Hittade: 0"),
    _data("missing weight", "2;1;1,5", "2;1;", "rad 3, kolumn vikt", "vikten saknas"),
    _data("weight in words", "2;1;1,5", "2;1;tung", "vikten är inget tal", "tung"),
    _data("unknown stratum", "2;1;1,5", "2;7;1,5", "rad 3, kolumn stratum", "7", "1, 2"),
    _data("unknown background", "1;1985;c;3", "4;1985;c;3", "rad 3, kolumn kon", "1, 2, 3, 9"),
    _data("birth year to come", "1985", "2085", "rad 3, kolumn fodelsear", "har inte varit"),
    _data("too young", "1985", "2015", "utanför åldersgrupperna", "1914 till 2006"),
    _data("too old", "1985", "1885", "utanför åldersgrupperna", "1885"),
    _data("short birth year", "1985", "85", "åldern har fel form", "fyra siffror"),
    _data("missing column", ";kon;", ";sex;", "rad 1, kolumn kon", "saknas"),
    _data("column twice", ";f02;", ";f01;", "kolumnen finns två gånger"),
    _data("too many cells", "1990;c;4;3;Bra", "1990;c;4;3;Bra;mycket", "fler celler"),
    _misfit("question in no file", 'id = "f03"', 'id = "f33"', NOW, "kolumn f33", "f03?"),
    _misfit(
        "empty cell of a margin",
        'K|18-49" = 300',
        'annat|18-49" = 300',
        THEN,
        "kon|alder",
        "inga svarande",
        "annat|18–49 år",
    ),
    _misfit(
        "empty stratum",
        '"2"\nfolkmangd = 700\nutsanda = 15',
        '"2"\nfolkmangd = 700\nutsanda = 10\n[[omgang.stratum]]\nkod = "3"\n'
        "folkmangd = 9\nutsanda = 5",
        THEN,
        "stratumet har inga svarande",
    ),
    _misfit(
        "more answers than invited",
        'fil = "trivsel_2025.csv"',
        'fil = "trivsel_2025.csv"\nutsanda = 3',
        NOW,
        "fler har svarat",
        "högst 3",
    ),
    _file("empty file", THEN, b"", "filen är tom"),
    _file("empty wave", THEN, f"{_HEAD}\n".encode(), "bara en rubrikrad"),
    _file("unnamed file", "mer.csv", b"a;b\n1;2\n", "ingen kodbok nämner filen"),
    FaultySurvey(
        "silent wave",
        DataError,
        (NOW, "omgången har inga svar"),
        lambda tiny: tiny.write(NOW, f"{_HEAD};f03\n1;1;1;1;1990;c;;;;\n"),
    ),
    FaultySurvey(
        "missing file",
        SourceError,
        (NOW, "filen saknas"),
        lambda tiny: (tiny.folder / NOW).unlink(),
    ),
    FaultySurvey(
        "broken encoding", SourceError, ("trivsel.sav", "teckenkodning", "UTF-8"), _broken_sav
    ),
    FaultySurvey("damaged sav", SourceError, ("trivsel.sav", "SPSS-filen är skadad"), _damaged_sav),
    FaultySurvey(
        "unknown survey",
        ConfigError,
        ("kommun.toml", "enkaten", "trivsel"),
        lambda tiny: tiny.kommun.swap(
            "kommun.toml", "sammantrade", 'enkater = ["enkaten"]\nsammantrade'
        ),
    ),
)
