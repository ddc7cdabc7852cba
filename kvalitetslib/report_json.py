"""A report as text and back, without loss: the JSON that lies beside each page."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from types import NoneType
from typing import Any, get_args, get_type_hints

from cattrs import ClassValidationError, Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from kvalitetslib.errors import SourceError
from kvalitetslib.report import Cell, Estimate, Report, Withheld


def to_json(report: Report) -> str:
    """The whole report: keys sorted, numbers as ``repr`` writes them, so the bytes are stable.

    Each field begins a line, and so does each part of a list: two reports can be compared by line.
    """
    parts = ",\n".join(f'"{name}":{_lines(getattr(report, name))}' for name in _names(Report))
    return f"{{\n{parts}\n}}\n"


def _lines(value: Any) -> str:
    if isinstance(value, tuple) and value:
        return "[\n" + ",\n".join(map(_text, value)) + "\n]"
    return _text(value)


def _text(value: Any) -> str:
    return _TEXTS[type(value)](value)


def _list(values: tuple[Any, ...]) -> str:
    return "[" + ", ".join([_TEXTS[type(each)](each) for each in values]) + "]"


def _float(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{value} is a number that is not JSON compliant")
    return float.__repr__(value)


def _names(kind: type[Any]) -> list[str]:
    return sorted(each.name for each in fields(kind))


class _Texts(dict[type[Any], Callable[[Any], str]]):
    """How each kind of value is written. A kind that is met for the first time is learnt."""

    def learn(self, hint: Any) -> None:
        """Learn every kind that a value with this type hint can hold."""
        if isinstance(hint, type) and hint not in self:
            fields_of = get_type_hints(hint).values() if is_dataclass(hint) else ()
            self.__missing__(hint)
            for each in fields_of:
                self.learn(each)
        for each in get_args(hint):
            self.learn(each)

    def __missing__(self, kind: type[Any]) -> Callable[[Any], str]:
        bases = (each for each in (str, float, int, tuple, date) if issubclass(kind, each))
        base = next(bases, None)
        self[kind] = self.of_fields(kind) if base is None else self[base]
        return self[kind]

    def of_fields(self, kind: type[Any]) -> Callable[[Any], str]:
        """For a dataclass: made as code, as its own methods are, for a loop is far slower."""
        parts = ", ".join(f'"{name}": {{of[type(x := it.{name})](x)}}' for name in _names(kind))
        made: Callable[[Any], str] = eval(f"lambda it: f'{{{{{parts}}}}}'", {"of": self})
        return made


_TEXTS = _Texts(
    {
        str: encode_basestring,
        float: _float,
        int: int.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        NoneType: lambda _: "null",
        tuple: _list,
        date: lambda day: f'"{day.isoformat()}"',
    }
)
# Once for all forks of this process, which would each have to learn them anew.
_TEXTS.learn(Report)


def from_json(text: str, name: str = "underlaget") -> Report:
    """The report that ``to_json`` wrote. ``name`` is what a message calls the file.

    Raises
    ------
    SourceError : if the text is no JSON, or has a key too many or too few.
    """
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{name} är inte JSON (rad {error.lineno}, tecken {error.colno})"
        raise SourceError(f"{message}. Gör om rapporten med kvalitet rapport --om.") from error
    try:
        return _converter(tells_where=False).structure(plain, Report)
    except (ForbiddenExtraKeysError, AttributeError, KeyError, TypeError, ValueError):
        return _carefully(plain, name)


def _carefully(plain: object, name: str) -> Report:
    """The same with a converter that is slower and tells where a fault is."""
    try:
        return _converter(tells_where=True).structure(plain, Report)
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


@lru_cache(maxsize=2)
def _converter(*, tells_where: bool) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=tells_where)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
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
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def _number(value: object, _: object) -> float:
    if type(value) is float:
        return value
    if type(value) is not int:
        raise TypeError(f"expected a number, found {type(value).__name__}")
    return float(value)
