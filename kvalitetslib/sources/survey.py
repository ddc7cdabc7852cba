"""A kommun's surveys: codebooks and files of answers, checked against each other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.codebook import Codebook
from kvalitetslib.errors import ConfigError, DataError, Fault, SourceError, accepted_words
from kvalitetslib.model import Kommun, Source
from kvalitetslib.period import Period, parse_period
from kvalitetslib.sources.answer_file import ENDINGS, AnswerFile, read_answers
from kvalitetslib.sources.answers import NOT_ASKED
from kvalitetslib.sources.codebook import Survey, parse_codebook
from kvalitetslib.sources.published import no_results, read_published
from kvalitetslib.sources.wave import WaveAnswers, column_faults, wave_answers
from kvalitetslib.survey_result import Excluded

__all__ = ["SurveyInput", "WaveAnswers", "read_surveys"]


@dataclass(frozen=True, eq=False)
class SurveyInput:
    """A survey with its answers, or its published results.

    Attributes
    ----------
    codebook : only the questions that some wave asked.
    waves : waves that have ended by the quarter, in time order; empty for published results.
    source : its checksum covers all files of the survey.
    published : one row a published result, columns ``published.COLUMNS``.
    excluded : how many published results were left out, and why.
    checksums : path under the data folder and sha256 of the codebook and each file read.
    """

    codebook: Codebook
    waves: tuple[WaveAnswers, ...]
    source: Source
    published: pd.DataFrame
    excluded: tuple[Excluded, ...]
    checksums: tuple[tuple[str, str], ...]


class _Faults:
    """All that is wrong with the surveys, by what kind of error it is."""

    def __init__(self) -> None:
        self.config: list[Fault] = []
        self.files: list[Fault] = []
        self.answers: list[Fault] = []

    def raise_all(self) -> None:
        every = [*self.config, *self.files, *self.answers]
        if every:
            kind = ConfigError if self.config else DataError if self.answers else SourceError
            raise kind(every)


@dataclass(frozen=True)
class _Place:
    """Where the surveys lie, and what is past."""

    folder: Path
    label: str
    quarter: Period
    last_day: date


def read_surveys(
    folder: Path, kommun: Kommun, *, quarter: Period, today: date
) -> tuple[SurveyInput, ...]:
    """The surveys of the folder ``enkater``, in order of their keys; none when it is not there.

    A wave that ends after both ``today`` and the quarter is a fault; one that ends after the
    quarter but not after ``today`` is checked and left out.

    Raises
    ------
    ConfigError : if a codebook is wrong; it carries all faults of all surveys.
    SourceError : if files cannot be read and nothing else is wrong.
    DataError : if answers break their codebook; it carries all faults of all surveys.
    """
    label = f"kommuner/{kommun.nyckel}/{folder.name}"
    place = _Place(folder, label, quarter, max(today, quarter.end))
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    faults = _Faults()
    surveys, inputs = [], []
    for path in paths:
        try:
            raw = path.read_bytes()
            survey = parse_codebook(raw, path.stem, kommun, label=f"{label}/{path.name}")
        except ConfigError as error:
            faults.config += error.faults
            continue
        surveys.append(survey)
        inputs.append(_survey(survey, kommun, place, raw, faults))
    if not faults.config:
        faults.files += _unnamed_files(place, surveys)
    faults.config += _unknown_surveys(kommun, [path.stem for path in paths])
    faults.raise_all()
    return tuple(each for each in inputs if each is not None)


def _survey(
    survey: Survey, kommun: Kommun, place: _Place, raw: bytes, faults: _Faults
) -> SurveyInput | None:
    codebook = survey.codebook
    name = f"{place.label}/{codebook.key}.toml"
    checksums = [(name, hashlib.sha256(raw).hexdigest())]
    if codebook.published:
        found = read_published(survey.tables, codebook, kommun, folder=place.folder)
        faults.files += found.unreadable
        faults.answers += found.faults
        if found.faults or found.unreadable:
            return None
        is_kept = _is_kept(found.frame["period"].tolist(), place, name, faults)
        rows = found.frame[is_kept].reset_index(drop=True)
        checksums += found.checksums
        source = _source(codebook, kommun, checksums)
        if not len(rows):
            return None
        return SurveyInput(codebook, (), source, rows, found.excluded, tuple(checksums))
    files = _files(codebook, place, checksums, faults)
    codebook = _asked(codebook, files, faults)
    waves = [
        wave_answers(codebook, wave, file, faults.answers)
        for wave, file in zip(codebook.waves, files, strict=True)
        if file is not None
    ]
    is_kept = _is_kept([wave.period for wave in codebook.waves], place, name, faults)
    if len(waves) < len(codebook.waves) or not is_kept.any():
        return None
    kept = [wave for wave, each in zip(waves, is_kept, strict=True) if each]
    source = _source(codebook, kommun, checksums)
    codebook, kept = _without_unasked(codebook, kept)
    return SurveyInput(codebook, tuple(kept), source, no_results(), (), tuple(checksums))


def _files(
    codebook: Codebook, place: _Place, checksums: list[tuple[str, str]], faults: _Faults
) -> list[AnswerFile | None]:
    """Each wave's file; None, with a fault, where it cannot be read."""
    files: list[AnswerFile | None] = []
    for wave in codebook.waves:
        path, label = place.folder / wave.file, f"{place.label}/{wave.file}"
        files.append(None)
        if not path.is_file():
            known = [each.name for each in place.folder.iterdir() if each.suffix in ENDINGS]
            accepted = accepted_words(wave.file, sorted(known)) if known else "en fil i mappen"
            faults.files.append(Fault(label, 0, "", "filen saknas", wave.file, accepted))
            continue
        raw = path.read_bytes()
        checksums.append((label, hashlib.sha256(raw).hexdigest()))
        try:
            files[-1] = read_answers(raw, path, label=label)
        except SourceError as error:
            faults.files += error.faults
    return files


def _asked(codebook: Codebook, files: Sequence[AnswerFile | None], faults: _Faults) -> Codebook:
    """The codebook without offered questions that no file has, and faults for the others."""
    read = [file for file in files if file is not None]
    missing = {
        item.id: item for item in codebook.items if not any(file.has(item.column) for file in read)
    }
    columns = [item.column for id, item in missing.items() if id not in codebook.offered]
    if read and len(read) == len(files):
        faults.answers += column_faults(read[-1], columns)
    items = tuple(item for item in codebook.items if item.id not in missing)
    if read and not items and not columns:
        rule = "ingen av mallens frågor finns i filen"
        accepted = 'kolumner med mallens id, eller kolumn = "…" under [[fraga]]'
        faults.answers.append(Fault(read[-1].label, 0, "", rule, "", accepted))
    return replace(codebook, items=items)


def _is_kept(
    periods: list[str], place: _Place, label: str, faults: _Faults
) -> npt.NDArray[np.bool_]:
    """Which periods have ended with the quarter; those that are not over at all are faults."""
    ends = {text: parse_period(text).end for text in dict.fromkeys(periods)}
    for text, end in ends.items():
        if end > place.last_day:
            accepted = f"en period som är slut senast {place.last_day}, till exempel 2026K2"
            faults.config.append(
                Fault(label, 0, "period", "perioden är inte slut än", text, accepted)
            )
    return np.array([ends[text] <= place.quarter.end for text in periods], dtype=bool)


def _without_unasked(
    codebook: Codebook, waves: list[WaveAnswers]
) -> tuple[Codebook, list[WaveAnswers]]:
    """Without the questions that only waves after the quarter asked."""
    is_asked = np.any([(wave.codes != NOT_ASKED).any(axis=0) for wave in waves], axis=0)
    items = tuple(item for item, each in zip(codebook.items, is_asked, strict=True) if each)
    known = tuple(wave.wave for wave in waves)
    shorter = [replace(wave, codes=wave.codes[:, is_asked]) for wave in waves]
    return replace(codebook, items=items, waves=known), shorter


def _source(codebook: Codebook, kommun: Kommun, checksums: list[tuple[str, str]]) -> Source:
    whole = hashlib.sha256("\n".join(f"{name} {sha}" for name, sha in checksums).encode())
    note = ", ".join(Path(name).name for name, _ in checksums[1:])
    return Source(codebook.source, "", whole.hexdigest(), note, kommun.synthetic)


def _unnamed_files(place: _Place, surveys: list[Survey]) -> list[Fault]:
    """A fault for each file that no codebook names, so that no answers are left out unseen."""
    named = {wave.file for each in surveys for wave in each.codebook.waves}
    named |= {name for each in surveys for table in each.tables for name in table.files}
    if not place.folder.is_dir():
        return []
    return [
        Fault(f"{place.label}/{path.name}", 0, "", "ingen kodbok nämner filen", path.name, accepted)
        for path in sorted(place.folder.iterdir())
        if path.suffix.lower() in ENDINGS
        and path.name not in named
        and not path.name.startswith(("~", "."))
        for accepted in ['fil = "…" under en [[omgang]], eller en annan mapp']
    ]


def _unknown_surveys(kommun: Kommun, keys: list[str]) -> list[Fault]:
    return [
        Fault(
            f"kommuner/{kommun.nyckel}/kommun.toml",
            0,
            "namnd.enkater",
            f"{namnd.namn} hänvisar till en enkät som inte finns",
            key,
            accepted_words(key, keys) if keys else "en kodbok i mappen enkater",
        )
        for namnd in kommun.namnder
        for key in namnd.surveys
        if key not in keys
    ]
