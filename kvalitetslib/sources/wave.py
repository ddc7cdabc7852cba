"""One wave of answers: its file against its codebook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.codebook import Codebook, Margin, Wave
from kvalitetslib.errors import Fault, accepted_words, quoted
from kvalitetslib.period import parse_period
from kvalitetslib.sources.answer_file import AnswerFile
from kvalitetslib.sources.answers import (
    MISSING,
    NOT_ASKED,
    UNKNOWN,
    background_codes,
    check_ids,
    cluster_codes,
    item_codes,
    stratum_codes,
    weights,
)
from kvalitetslib.survey_result import Excluded


@dataclass(frozen=True, eq=False)
class WaveAnswers:
    """The answers of one wave, one row a respondent who answered something.

    Attributes
    ----------
    codes : (respondents, items) place in ``item.answers``; -1 don't know, -2 no answer, -3 not
        asked in this wave.
    background : (respondents, backgrounds) place in ``background.groups``; -1 unknown.
    stratum : (respondents,) place in ``wave.strata``; all 0 for a simple sample.
    cluster : (respondents,) a number for each cluster, or None.
    weight : (respondents,) design weight, or None.
    excluded : how many rows were left out, and why.
    """

    wave: Wave
    codes: npt.NDArray[np.int8]
    background: npt.NDArray[np.int16]
    stratum: npt.NDArray[np.int64]
    cluster: npt.NDArray[np.int64] | None
    weight: npt.NDArray[np.float64] | None
    excluded: tuple[Excluded, ...]


def wave_answers(
    codebook: Codebook, wave: Wave, file: AnswerFile, faults: list[Fault]
) -> WaveAnswers:
    """The wave's answers; what breaks the codebook is noted in ``faults``."""
    was_noted = len(faults)
    faults += file.faults
    faults += column_faults(file, _needed(codebook, file))
    year = int(parse_period(wave.period).text[:4])
    codes = np.full((len(file.rows), len(codebook.items)), NOT_ASKED, dtype=np.int8)
    for place, item in enumerate(codebook.items):
        if file.has(item.column):
            codes[:, place] = item_codes(file, item, faults)
    background = np.full((len(file.rows), len(codebook.backgrounds)), UNKNOWN, dtype=np.int16)
    for place, each in enumerate(codebook.backgrounds):
        if file.has(each.column):
            background[:, place] = background_codes(file, each, year, faults)
    answers = _kept(wave, file, codes, background, _design(codebook, wave, file, faults))
    if len(faults) == was_noted:
        faults += _count_faults(codebook, answers, file.label)
    return answers


def column_faults(file: AnswerFile, columns: Iterable[str]) -> list[Fault]:
    """A fault for each column that the file does not have."""
    known = [title for title in file.header if title]
    return [
        Fault(
            file.label,
            file.header_row,
            column,
            "kolumnen som kodboken nämner saknas",
            quoted(", ".join(known)),
            accepted_words(column, known),
        )
        for column in columns
        if not file.has(column)
    ]


def _needed(codebook: Codebook, file: AnswerFile) -> list[str]:
    """The columns that every wave must have."""
    design = (
        codebook.id_column,
        codebook.stratum_column,
        codebook.cluster_column,
        codebook.weight_column,
    )
    return [*filter(None, design), *dict.fromkeys(each.column for each in codebook.backgrounds)]


@dataclass(frozen=True, eq=False)
class _Design:
    stratum: npt.NDArray[np.int64]
    cluster: npt.NDArray[np.int64] | None
    weight: npt.NDArray[np.float64] | None


def _design(codebook: Codebook, wave: Wave, file: AnswerFile, faults: list[Fault]) -> _Design:
    if codebook.id_column and file.has(codebook.id_column):
        check_ids(file, codebook.id_column, faults)
    stratum, cluster, weight = np.zeros(len(file.rows), dtype=np.int64), None, None
    if codebook.stratum_column and file.has(codebook.stratum_column):
        strata = tuple(each.code for each in wave.strata)
        stratum = stratum_codes(file, codebook.stratum_column, strata, faults)
    if codebook.cluster_column and file.has(codebook.cluster_column):
        cluster = cluster_codes(file, codebook.cluster_column, faults)
    if codebook.weight_column and file.has(codebook.weight_column):
        weight = weights(file, codebook.weight_column, faults)
    return _Design(stratum, cluster, weight)


def _kept(
    wave: Wave,
    file: AnswerFile,
    codes: npt.NDArray[np.int8],
    background: npt.NDArray[np.int16],
    design: _Design,
) -> WaveAnswers:
    """The rows with an answer to at least one question; the others are counted."""
    has_answer = np.zeros(len(codes), dtype=bool)
    for column in codes.T:
        has_answer |= column > MISSING
    silent = int(len(codes) - has_answer.sum())
    counted = (("tom rad", file.blank), ("inget svar på någon fråga", silent))
    kept = slice(None) if silent == 0 else has_answer
    return WaveAnswers(
        wave=wave,
        codes=codes[kept],
        background=background[kept],
        stratum=design.stratum[kept],
        cluster=None if design.cluster is None else design.cluster[kept],
        weight=None if design.weight is None else design.weight[kept],
        excluded=tuple(Excluded(reason, count) for reason, count in counted if count),
    )


def _count_faults(codebook: Codebook, answers: WaveAnswers, label: str) -> Iterator[Fault]:
    """Waves, strata and margins without respondents, or with more than were asked."""
    wave, n = answers.wave, len(answers.codes)
    if n == 0:
        yield Fault(label, 0, "", "omgången har inga svar", "", "minst ett svar på en fråga")
        return
    if 0 < wave.invited < n:
        rule = "fler har svarat än enkäten gick till"
        yield Fault(label, 0, "", rule, str(n), f"högst {wave.invited}, eller rätt utsanda")
    counts = np.bincount(answers.stratum, minlength=len(wave.strata))
    for stratum, count in zip(wave.strata, counts, strict=False):
        column = codebook.stratum_column
        if count == 0:
            rule, accepted = "stratumet har inga svarande", "stratumet slås ihop med ett annat"
            yield Fault(label, 0, column, rule, stratum.label, accepted)
        if count > stratum.invited:
            rule = f"fler har svarat i stratumet {stratum.label} än enkäten gick till"
            yield Fault(label, 0, column, rule, str(count), f"högst {stratum.invited}")
    for margin in wave.margins:
        yield from _empty_cells(codebook, answers, margin, label)


def _empty_cells(
    codebook: Codebook, answers: WaveAnswers, margin: Margin, label: str
) -> Iterator[Fault]:
    """Cells of a margin that nobody stands for: no weight can make up for them."""
    keys = [each.key for each in codebook.backgrounds]
    places = [keys.index(key) for key in margin.variables]
    groups = [[key for key, _ in codebook.backgrounds[place].groups] for place in places]
    found = {tuple(row) for row in np.unique(answers.background[:, places], axis=0).tolist()}
    for cell, _ in margin.counts:
        code = tuple(names.index(key) for names, key in zip(groups, cell, strict=True))
        if code not in found:
            rule = "marginalens grupp har inga svarande"
            accepted = "gruppen slås ihop med en annan i kodboken"
            column = "|".join(margin.variables)
            yield Fault(label, 0, column, rule, "|".join(cell), accepted)
