"""Where published results stand in a file: the ``[[tabell]]`` sections of a codebook.

A section says which column is what. Every role takes a column of the file, or for a period and
other groups a fixed text with ``fast_``. A file with a column for each group has one
``[[tabell.varde]]`` a column, which says what is special for it; a file whose units or years stand
in another file says so in ``[tabell.register]``::

    [[tabell]]
    fil = "fragor.csv"
    fraga = "question"
    period = "year"
    enhet = "school_name"
    register = { fil = "rapporter.csv", nyckel = "report_id" }
    [[tabell.varde]]
    kolumn = "flicka"
    kon = "K"

An empty cell of a group means all, or what ``tomt`` says. A result that stands twice is a fault,
unless ``dubbletter`` says that such results are left out; they are then counted.
"""

from dataclasses import dataclass

from kvalitetslib.schema import Kind
from kvalitetslib.sources.cells import gender
from kvalitetslib.sources.keys import choice, written
from kvalitetslib.sources.waves import checked_file
from kvalitetslib.tomlfile import Section

REFUSED, LEFT_OUT = "fel", "utelämnas"
ENDINGS = (".csv", ".xlsx")
ROLES = {
    "fraga": "question",
    "svar": "answer",
    "period": "period",
    "enhet": "kommun_or_enhet",
    "kon": "gender",
    "alder": "age",
    "omrade": "area",
    "bakgrund": "other",
}
"""Key in the codebook -> column of the published table, for what says which result a row is."""


@dataclass(frozen=True)
class ValueColumn:
    """A column of numbers. ``fixed`` pairs a role's English name with the text it has here."""

    column: str
    interval: str = ""
    n: str = ""
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublishedTable:
    """One table of a file. ``columns`` pairs a role's English name with a column of the file."""

    file: str
    sheet: str
    columns: tuple[tuple[str, str], ...]
    values: tuple[ValueColumn, ...]
    register: str = ""
    key: str = ""
    blank: str = ""
    drops_repeated: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the table is read from."""
        return (self.file, self.register) if self.register else (self.file,)


def read_published_tables(sections: tuple[Section, ...]) -> tuple[PublishedTable, ...]:
    """The tables that a codebook describes."""
    return tuple(_table(section) for section in sections)


def _table(section: Section) -> PublishedTable:
    file = checked_file(section, ENDINGS)
    sheet = section.text("blad", "")
    columns = {role: section.text(key, "") for key, role in ROLES.items()}
    fixed = _fixed(section, "fast_")
    values = _values(section, fixed)
    register, key = _register(section)
    blank = section.text("tomt", "")
    repeated = choice(section, "dubbletter", (REFUSED, LEFT_OUT), REFUSED)
    section.close()
    for toml, role in (("fraga", "question"), ("period", "period")):
        if not columns[role] and any(role not in dict(value.fixed) for value in values):
            accepted = f'{toml} = "kolumnens namn" eller fast_{toml} = "…"'
            section.fault("", f"tabellen säger inte var {toml} står", "", accepted)
    used = tuple((role, column) for role, column in columns.items() if column)
    return PublishedTable(
        file,
        sheet,
        used,
        values,
        register,
        key,
        blank=blank,
        drops_repeated=repeated == LEFT_OUT,
    )


def _fixed(section: Section, prefix: str) -> dict[str, str]:
    """Texts that hold for a whole table or value column."""
    found = {role: section.text(f"{prefix}{key}", "") for key, role in ROLES.items()}
    code = gender(found["gender"]) if found["gender"] else ""
    if code is None:
        section.fault(f"{prefix}kon", "könet är okänt", found["gender"], Kind.GENDER.value)
    found["gender"] = code or ""
    return {role: text for role, text in found.items() if text}


def _values(section: Section, fixed: dict[str, str]) -> tuple[ValueColumn, ...]:
    """One value column as the text ``varde``, or several as sections ``[[tabell.varde]]``."""
    interval, n = section.text("intervall", ""), section.text("antal", "")
    if not isinstance(written(section, "varde"), list):
        return (ValueColumn(section.text("varde"), interval, n, tuple(fixed.items())),)
    found = []
    for each in section.tables("varde"):
        own = {**fixed, **_fixed(each, "")}
        column = each.text("kolumn")
        ends = each.text("intervall", interval), each.text("antal", n)
        each.close()
        found.append(ValueColumn(column, *ends, tuple(own.items())))
    return tuple(found)


def _register(section: Section) -> tuple[str, str]:
    if not section.has("register"):
        return "", ""
    register = section.table("register")
    file, key = checked_file(register, ENDINGS), register.text("nyckel")
    register.close()
    return file, key
