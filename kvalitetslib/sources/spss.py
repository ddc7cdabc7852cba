"""SPSS files (.sav): cells as texts, and the labels that the file itself carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kvalitetslib.errors import Fault, SourceError
from kvalitetslib.sources.headings import Cells

_DIGITS = 15
"""Significant digits of a number that are no noise from binary numbers."""


@dataclass(frozen=True)
class SavColumn:
    """What a file says of a column. ``missing`` are its user-missing ranges, ends included."""

    name: str
    label: str
    answers: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def read_sav(path: Path, label: str) -> tuple[tuple[str, ...], list[Cells]]:
    """The headings and each column's cells. User-missing codes are kept as codes.

    Raises
    ------
    SourceError : if the file is damaged, has a broken encoding or holds no answers.
    """
    frame, _ = _read(path, label)
    if frame.empty:
        raise SourceError(Fault(label, 0, "", "filen har inga svar", "", "minst ett svar"))
    return tuple(frame.columns), [_texts(frame[name]) for name in frame.columns]


def sav_columns(path: Path, label: str) -> tuple[SavColumn, ...]:
    """The columns with the labels of the file.

    Raises
    ------
    SourceError : as ``read_sav``.
    """
    _, meta = _read(path, label)
    return tuple(
        SavColumn(
            name,
            meta.column_names_to_labels.get(name) or "",
            _answers(meta.variable_value_labels.get(name, {})),
            tuple(
                (code_of(each["lo"]), code_of(each["hi"]))
                for each in meta.missing_ranges.get(name, ())
            ),
        )
        for name in meta.column_names
    )


def code_of(value: object) -> str:
    """A value as a codebook writes it: ``1`` and not ``1.0``; empty when there is none."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return "1" if value else "0"
    if isinstance(value, int | float | np.number):
        rounded = float(f"{float(value):.{_DIGITS}g}")
        return np.format_float_positional(rounded, trim="-").replace(".", ",")
    return str(value).strip()


def _answers(labels: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code_of(code), str(text).strip()) for code, text in labels.items())


def _texts(column: pd.Series) -> Cells:
    codes, distinct = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=False)
    texts = np.array([code_of(value) for value in distinct], dtype=object)
    cells: Cells = texts[codes]
    return cells


def _read(path: Path, label: str) -> tuple[pd.DataFrame, Any]:
    # Few kommuner have SPSS files, and the library is slow to load.
    import pyreadstat

    try:
        frame, meta = pyreadstat.read_sav(path, user_missing=True, apply_value_formats=False)
    except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError) as error:
        is_text = isinstance(error, UnicodeDecodeError) or "convert" in str(error).lower()
        rule = "SPSS-filen har trasig teckenkodning" if is_text else "SPSS-filen är skadad"
        accepted = "en fil som SPSS har sparat som .sav i UTF-8 (Unicode)"
        raise SourceError(Fault(label, 0, "", rule, "", accepted)) from error
    return frame, meta
