"""Everything a kommun's reports are made of, read and checked at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from kvalitetslib.config import kommun_file, kommun_keys, parse_kommun
from kvalitetslib.contracts import (
    ATGARDER,
    BREACHES,
    CONTROLS,
    ECONOMY,
    FEEDBACK,
    GOALS,
    IDEAS,
    JUDGEMENTS,
    LESSONS,
    OUTLOOKS,
    PROMISES,
    VALUES,
)
from kvalitetslib.errors import DataError, Fault, KvalitetError, SourceError
from kvalitetslib.model import Kommun, Source
from kvalitetslib.period import Period, parse_period
from kvalitetslib.register import (
    Atgard,
    Breach,
    BudgetLine,
    Control,
    Goal,
    Idea,
    Lesson,
    Outlook,
    Promise,
)
from kvalitetslib.sources.codebook import read_codebook
from kvalitetslib.sources.fetched import Fetched, no_fetch, read_fetched
from kvalitetslib.sources.folder import Folder, read_folder
from kvalitetslib.sources.indicators import joined_values, no_values, own_values, repeated_values
from kvalitetslib.sources.population import Population, no_population, read_population
from kvalitetslib.sources.registers import (
    atgarder,
    breaches,
    budget,
    controls,
    goals,
    ideas,
    lessons,
    outlooks,
    promises,
)
from kvalitetslib.sources.scb import no_people
from kvalitetslib.sources.survey import SurveyInput, read_surveys

__all__ = ["Inputs", "kommun_keys", "read_inputs"]


@dataclass(frozen=True, eq=False)
class Inputs:
    """A kommun's settings and all its checked tables, up to and with a quarter.

    Attributes
    ----------
    values : one row a value of any municipality, columns ``indicators.COLUMNS``; ``value`` is NaN
        when it is not published.
    earlier : the kommun's own values in the snapshot before, same columns.
    publications : indicator, title, next_publication, earlier_title (texts, "" when there is none).
    names : municipality code -> name.
    goals ... economy : the lists as they stood on the last day of the quarter.
    feedback, judgements : the English columns of ``contracts``.
    checksums : path under the data folder and sha256 of every file read, sorted.
    surveys : the surveys of the folder ``enkater``, in order of their keys.
    population : people and forecast of all years in the fetch, columns ``scb.COLUMNS``.
    """

    kommun: Kommun
    values: pd.DataFrame
    earlier: pd.DataFrame
    publications: pd.DataFrame
    names: Mapping[str, str]
    goals: tuple[Goal, ...]
    atgarder: tuple[Atgard, ...]
    outlooks: tuple[Outlook, ...]
    feedback: pd.DataFrame
    promises: tuple[Promise, ...]
    breaches: tuple[Breach, ...]
    lessons: tuple[Lesson, ...]
    controls: tuple[Control, ...]
    ideas: tuple[Idea, ...]
    economy: tuple[BudgetLine, ...]
    judgements: pd.DataFrame
    sources: tuple[Source, ...]
    checksums: tuple[tuple[str, str], ...]
    surveys: tuple[SurveyInput, ...] = ()
    population: pd.DataFrame = field(default_factory=no_people)


def read_inputs(data: Path, nyckel: str, *, quarter: Period, today: date) -> Inputs:
    """The inputs of the kommun in ``data/kommuner/<nyckel>``.

    A period that ends after both ``today`` and the quarter is a fault; one that ends after the
    quarter but not after ``today`` is left out, so that an old quarter can be made again.

    Raises
    ------
    ConfigError : if kommun.toml is missing or wrong.
    SourceError : if files or snapshots cannot be read and no table has any other fault.
    DataError : if a table breaks its contract; it carries all faults of all files.
    """
    path = kommun_file(data, nyckel)
    raw = path.read_bytes()
    label = path.relative_to(data).as_posix()
    kommun = parse_kommun(raw, nyckel, label=label)
    surveys, survey_error = _surveys(path.parent, kommun, quarter=quarter, today=today)
    last_day = max(today, quarter.end)
    folder = read_folder(data, kommun, last_day, questions=_questions(path.parent, kommun))
    unreadable = list(folder.unreadable)
    try:
        fetched = read_fetched(data, kommun, quarter)
    except SourceError as error:
        unreadable += error.faults
        fetched = no_fetch()
    try:
        population = read_population(data, kommun)
    except SourceError as error:
        unreadable += error.faults
        population = no_population()
    broken = [*folder.faults, *_repeated(folder, fetched, kommun)]
    if survey_error is not None:
        (unreadable if isinstance(survey_error, SourceError) else broken).extend(
            survey_error.faults
        )
    if broken:
        raise DataError([*unreadable, *broken])
    if unreadable:
        raise SourceError(unreadable)
    own = (label, hashlib.sha256(raw).hexdigest())
    found = _inputs(kommun, folder, fetched, quarter=quarter, own=own)
    return _with_population(_with_surveys(found, surveys), population)


def _surveys(
    folder: Path, kommun: Kommun, *, quarter: Period, today: date
) -> tuple[tuple[SurveyInput, ...], KvalitetError | None]:
    """The surveys, or what is wrong with them, to be told with all other faults."""
    try:
        return read_surveys(folder / "enkater", kommun, quarter=quarter, today=today), None
    except KvalitetError as error:
        return (), error


def _questions(folder: Path, kommun: Kommun) -> tuple[str, ...]:
    """Ids of all questions that a register may name, also those of waves after the quarter."""
    found: list[str] = []
    for path in sorted((folder / "enkater").glob("*.toml")):
        try:
            codebook = read_codebook(path, kommun)
        except KvalitetError:
            continue  # its own faults are told by `read_surveys`
        found += [f"{codebook.key}:{item.id}" for item in codebook.items]
    return tuple(found)


def _with_surveys(inputs: Inputs, surveys: tuple[SurveyInput, ...]) -> Inputs:
    checksums = [checksum for each in surveys for checksum in each.checksums]
    return replace(
        inputs,
        surveys=surveys,
        sources=(*inputs.sources, *(each.source for each in surveys)),
        checksums=tuple(sorted((*inputs.checksums, *checksums))),
    )


def _with_population(inputs: Inputs, population: Population) -> Inputs:
    return replace(
        inputs,
        population=population.frame,
        sources=(*inputs.sources, *population.sources),
        checksums=tuple(sorted((*inputs.checksums, *population.checksums))),
    )


def _repeated(folder: Folder, fetched: Fetched, kommun: Kommun) -> tuple[Fault, ...]:
    checked = folder.tables.get(VALUES.name)
    if checked is None:
        return ()
    problems = repeated_values(checked, fetched.values, kommun.kod)
    return checked.with_problems(problems).faults[len(checked.faults) :]


def _inputs(
    kommun: Kommun, folder: Folder, fetched: Fetched, *, quarter: Period, own: tuple[str, str]
) -> Inputs:
    checked = folder.tables.get(VALUES.name)
    values = no_values() if checked is None else own_values(checked, kommun.kod, quarter)
    feedback, economy = folder.frame(FEEDBACK), folder.frame(ECONOMY)
    on = quarter.end
    measures = atgarder(folder.frame(ATGARDER), kommun, on=on)
    later = frozenset(folder.frame(ATGARDER)["id"]) - {each.id for each in measures}
    return Inputs(
        kommun=kommun,
        values=joined_values(fetched.values, values, kommun.kod),
        earlier=fetched.earlier,
        publications=fetched.publications,
        names=fetched.names,
        goals=goals(folder.frame(GOALS), kommun, on=on),
        atgarder=measures,
        outlooks=outlooks(folder.frame(OUTLOOKS), on=on),
        feedback=_rows(feedback, feedback["received"] <= pd.Timestamp(on)),
        promises=promises(folder.frame(PROMISES)),
        breaches=breaches(folder.frame(BREACHES), measures, on=on),
        lessons=lessons(folder.frame(LESSONS), measures, later=later, on=on),
        controls=controls(folder.frame(CONTROLS), on=on),
        ideas=ideas(folder.frame(IDEAS), on=on),
        economy=budget(_rows(economy, economy["period"].map(_end) <= on)),
        judgements=folder.frame(JUDGEMENTS),
        sources=(*fetched.sources, *_own_source(kommun, folder)),
        checksums=tuple(sorted((own, *folder.checksums, *fetched.checksums))),
    )


def _end(period: str) -> date:
    return parse_period(period).end


def _rows(frame: pd.DataFrame, is_kept: pd.Series) -> pd.DataFrame:
    return frame[is_kept.to_numpy(dtype=bool)].reset_index(drop=True)


def own_source_name(kommun: Kommun) -> str:
    """What the kommun's own files are called among the sources."""
    return f"Egna uppgifter, {kommun.namn}"


def _own_source(kommun: Kommun, folder: Folder) -> tuple[Source, ...]:
    """The kommun's own files as one source; its checksum covers them all."""
    if not folder.checksums:
        return ()
    files = sorted(folder.checksums)
    whole = hashlib.sha256("\n".join(f"{name} {sha}" for name, sha in files).encode())
    note = ", ".join(Path(name).name for name, _ in files)
    return (Source(own_source_name(kommun), "", whole.hexdigest(), note, kommun.synthetic),)
