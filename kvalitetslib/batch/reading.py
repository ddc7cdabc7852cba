"""The inputs of several kommuner, read and checked before anything is made."""

from datetime import date
from pathlib import Path

from kvalitetslib.errors import ConfigError, DataError, Fault, KvalitetError, accepted_words
from kvalitetslib.period import Period
from kvalitetslib.sources.inputs import Inputs, kommun_keys, read_inputs

ALL = "alla"


def chosen_kommuner(data: Path, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The kommuner with those keys; all of them when none is named, or "alla".

    Raises
    ------
    ConfigError : if there is no kommun, or none with that key.
    """
    known = kommun_keys(data)
    if not known:
        raise ConfigError(f"Ingen kommun finns i {data}/kommuner. Godtas: en mapp med kommun.toml.")
    if not wanted or ALL in wanted:
        return known
    unknown = [each for each in wanted if each not in known]
    if unknown:
        accepted = accepted_words(unknown[0], known)
        stop = "" if accepted.endswith("?") else "."
        raise ConfigError(f"Kommunen {unknown[0]} finns inte. Godtas: {accepted}{stop}")
    return tuple(dict.fromkeys(wanted))


def read_all(
    data: Path, kommuner: tuple[str, ...], *, quarter: Period, today: date
) -> tuple[Inputs, ...]:
    """The inputs of the kommuner.

    Raises
    ------
    KvalitetError : if any file is wrong; it carries all faults of all files of all kommuner.
    """
    read: list[Inputs] = []
    errors: list[KvalitetError] = []
    for nyckel in kommuner:
        try:
            read.append(read_inputs(data, nyckel, quarter=quarter, today=today))
        except KvalitetError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise DataError({fault for error in errors for fault in _faults(error)})
    return tuple(read)


def _faults(error: KvalitetError) -> tuple[Fault, ...]:
    return error.faults or (Fault("", 0, "", str(error).rstrip("."), "", ""),)
