"""A report as text and back, without loss: the JSON that lies beside each page."""

import json
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cattrs import ClassValidationError, Converter, transform_error
from cattrs.errors import BaseValidationError

from kvalitetslib.errors import SourceError
from kvalitetslib.report import Cell, Estimate, Report, Withheld


def to_json(report: Report) -> str:
    """The whole report: keys sorted, numbers as ``repr`` writes them, so the bytes are stable.

    Each field begins a line, and so does each part of a list: two reports can be compared by line.
    """
    plain = _converter().unstructure(report)
    fields = ",\n".join(f"{_line(name)}:{_lines(plain[name])}" for name in sorted(plain))
    return f"{{\n{fields}\n}}\n"


def _lines(value: Any) -> str:
    if isinstance(value, list | tuple) and value:
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return _line(value)


def _line(value: Any) -> str:
    # Without indentation json writes in C, ten times as fast.
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)


def from_json(text: str, name: str = "underlaget") -> Report:
    """The report that ``to_json`` wrote. ``name`` is what a message calls the file.

    Raises
    ------
    SourceError : if the text is no JSON, or has a key too many or too few.
    """
    try:
        return _converter().structure(json.loads(text), Report)
    except json.JSONDecodeError as error:
        message = f"{name} är inte JSON (rad {error.lineno}, tecken {error.colno})"
        raise SourceError(f"{message}. Gör om rapporten med kvalitet rapport --om.") from error
    except (BaseValidationError, AttributeError, TypeError, ValueError) as error:
        places = "; ".join(_places(error)[:3])
        message = f"{name} är skrivet av en annan version av kvalitetslib eller är skadat"
        raise SourceError(
            f"{message}: {places}. Gör om rapporten med kvalitet rapport --om."
        ) from error


def _places(error: Exception) -> list[str]:
    if not isinstance(error, ClassValidationError):
        return ["filen håller ingen rapport"]
    return [each.rpartition("@ $.")[2] for each in transform_error(error)]


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    for primitive in (str, bool, int):
        converter.register_structure_hook(primitive, _exactly)
    converter.register_structure_hook(float, _number)

    def cell(value: dict[str, Any], _: object) -> Cell:
        if "reason" in value:
            return converter.structure(value, Withheld)
        return converter.structure(value, Estimate)

    converter.register_structure_hook(Cell, cell)
    return converter


def _exactly(value: object, kind: type[Any]) -> Any:
    """The value when it is of that kind; cattrs itself would make the text "5" of the number 5."""
    if issubclass(kind, StrEnum):
        return kind(str(value))
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def _number(value: object, _: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, found {type(value).__name__}")
    return float(value)
