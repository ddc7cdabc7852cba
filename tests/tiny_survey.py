"""A made-up survey of two waves with ten answers each, in the folder of the tiny kommun."""

from dataclasses import dataclass
from pathlib import Path

from tiny_kommun import KOMMUN, QUARTER, TODAY, TinyKommun, write_tiny_kommun

from kvalitetslib.config import parse_kommun
from kvalitetslib.model import Kommun
from kvalitetslib.sources.survey import SurveyInput, read_surveys

NORTH = '\n[[omrade]]\nnyckel = "norr"\nnamn = "Norr"\nstorre = "staden"\n'
CODEBOOK = """\
[enkat]
namn = "Trivselenkäten"
kalla = "Testbys trivselenkät"
population = "folkbokförda 18 år och äldre"
viktning = "rakning"

[kolumner]
id = "lopnr"
stratum = "stratum"
vikt = "vikt"

[teman]
"Trygghet" = ["miljo"]

[[omgang]]
period = "2024"
fil = "trivsel_2024.csv"
utsanda = 30
[[omgang.stratum]]
kod = "1"
namn = "Söder"
folkmangd = 500
utsanda = 15
[[omgang.stratum]]
kod = "2"
folkmangd = 700
utsanda = 15
[[omgang.marginal]]
variabler = ["kon", "alder"]
antal = { "K|18-49" = 300, "M|18-49" = 310, "K|50 år och äldre" = 320, "M|50 år och äldre" = 270 }

[[omgang]]
period = "2025"
fil = "trivsel_2025.csv"
[[omgang.marginal]]
variabler = ["kon"]
antal = { K = 600, M = 600 }

[[bakgrund]]
typ = "kön"
nyckel = "kon"
grupper = { "1" = "M", "2" = "K", "3" = "annat" }
saknas = ["9"]

[[bakgrund]]
typ = "ålder"
nyckel = "alder"
kolumn = "fodelsear"
fodelsear = true
grupper = ["18–49 år", "50 år och äldre"]

[[bakgrund]]
typ = "område"
nyckel = "omrade"
grupper = { c = "centrum", n = "norr" }

[[skala]]
namn = "bra4"
svar = [
  { kod = "1", text = "Mycket dåligt" },
  { kod = "2", text = "Ganska dåligt" },
  { kod = "3", text = "Ganska bra", positiv = true },
  { kod = "4", text = "Mycket bra", positiv = true },
]
vet_ej = [{ kod = "8", text = "Ingen åsikt" }]
saknas = ["9"]

[[skala]]
namn = "ord"
typ = "öppen"

[[fraga]]
id = "f01"
text = "Hur trivs du?"
subjekt = "Andelen invånare som trivs"
skala = "bra4"
tema = "Trivsel"
namnder = ["skola"]
roll = "helhet"

[[fraga]]
id = "f02"
text = "Hur tryggt är det?"
subjekt = "Andelen invånare som är trygga"
skala = "bra4"
tema = "Trygghet"

[[fraga]]
id = "f03"
text = "Hur är maten?"
subjekt = "Andelen invånare som tycker om maten"
skala = "bra4"

[[fraga]]
id = "ord"
kolumn = "kommentar"
text = "Något mer?"
skala = "ord"
"""
WAVE_2024 = """\
lopnr;stratum;vikt;kon;fodelsear;omrade;f01;f02;kommentar
1;1;1,5;2;1990;c;4;3;Bra
2;1;1,5;1;1985;c;3;3;
3;1;1,5;2;1960;n;2;8;
4;1;1,5;1;1955;n;1;9;
5;1;1,5;3;;c;8;;
6;2;2,25;2;2006;c;4;4;
7;2;2,25;1;1974;n;3;2;
8;2;2,25;2;1950;n;2;1;Mer ljus
9;2;2,25;1;1999;;;3;
10;2;2,25;9;1970;c;;;
"""
WAVE_2025 = """\
lopnr;stratum;vikt;kon;fodelsear;omrade;f01;f02;f03;kommentar
1;1;1;2;1990;c;Mycket bra;1,0;4;
2;1;1;1;1985;c;ganska  bra;2.0;3;
3;2;1;2;1960;n;2;8;3;
4;2;1;1;1955;n;1;9;2;
"""


@dataclass(frozen=True)
class TinySurvey:
    """The kommun with a survey, and how its files are changed."""

    kommun: TinyKommun

    @property
    def folder(self) -> Path:
        return self.kommun.folder / "enkater"

    def swap(self, file: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file of the survey; it must be there."""
        self.kommun.swap(f"enkater/{file}", old, new)

    def write(self, file: str, text: str) -> None:
        """A new file beside the codebook, or a new text in an old one."""
        (self.folder / file).write_text(text, encoding="utf-8", newline="")

    def parsed(self) -> Kommun:
        """The kommun as its kommun.toml describes it now."""
        path = self.kommun.folder / "kommun.toml"
        return parse_kommun(path.read_bytes(), "testby", label="kommuner/testby/kommun.toml")

    def read(self) -> tuple[SurveyInput, ...]:
        """All surveys of the folder."""
        return read_surveys(self.folder, self.parsed(), quarter=QUARTER, today=TODAY)


def write_tiny_survey(data: Path) -> TinySurvey:
    """The tiny kommun under ``data`` with one survey, and no fault."""
    tiny = TinySurvey(write_tiny_kommun(data))
    (tiny.kommun.folder / "kommun.toml").write_text(KOMMUN + NORTH, encoding="utf-8")
    tiny.folder.mkdir()
    tiny.write("trivsel.toml", CODEBOOK)
    tiny.write("trivsel_2024.csv", WAVE_2024)
    tiny.write("trivsel_2025.csv", WAVE_2025)
    return tiny
