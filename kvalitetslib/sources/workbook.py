"""Excel workbooks: each cell as the text a Swede would have typed."""

import io
import warnings
from datetime import date, datetime, time
from zipfile import BadZipFile
from zlib import error as ZlibError

import numpy as np
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kvalitetslib.errors import Fault, SourceError

_DIGITS = 15
"""Significant digits that Excel keeps (ECMA-376, 18.3.1.96); more are noise from binary numbers."""


def read_cells(raw: bytes, label: str, *, sheet: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every row's number and its cells, from the sheet named ``sheet`` or else the first one.

    Raises
    ------
    SourceError : if the workbook is damaged.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drop-down lists and colours, which hold no values.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            names = {name.strip().casefold(): name for name in workbook.sheetnames}
            worksheet = workbook[names.get(sheet.casefold(), workbook.sheetnames[0])]
            worksheet.reset_dimensions()
            records = [
                (number, tuple(_text(cell.value, cell.number_format or "") for cell in row))
                if any(cell.value is not None for cell in row)
                else (number, ())
                for number, row in enumerate(worksheet.iter_rows(), start=1)
            ]
            workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, ZlibError) as error:
        rule = "Excelfilen är skadad eller av annat slag"
        accepted = "en fil som Excel har sparat som .xlsx"
        raise SourceError(Fault(label, 0, "", rule, "", accepted)) from error
    return records


def _text(value: object, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        return _number(value * 100 if "%" in form else value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _number(value: float) -> str:
    rounded = float(f"{value:.{_DIGITS}g}")
    return np.format_float_positional(rounded, trim="-").replace(".", ",")
