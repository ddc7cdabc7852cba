"""The inputs of several kommuner, read and checked before anything is made."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kvalitetslib.analysis.assemble import Assessment
from kvalitetslib.batch.kept import Kept, Shelf
from kvalitetslib.batch.parallel import Branches, Over, Say
from kvalitetslib.batch.safety import cannot_fork_here
from kvalitetslib.errors import (
    ConfigError,
    DataError,
    Fault,
    KvalitetError,
    SourceError,
    accepted_words,
)
from kvalitetslib.model import Kommun
from kvalitetslib.period import Period
from kvalitetslib.sources.inputs import Inputs, kommun_keys

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


@dataclass(frozen=True, eq=False)
class Ready:
    """A kommun whose files have been read without fault.

    ``checksums`` are as in Inputs. The Inputs themselves are in hand for a single kommun; those of
    a whole country would fill the memory, and are read once more when their turn comes.
    """

    kommun: Kommun
    checksums: tuple[tuple[str, str], ...]
    shelf: Shelf
    today: date
    kept: Kept | None = None
    inputs: Inputs | None = field(default=None, repr=False)

    def assessment(self, *, anew: bool = False) -> Assessment:
        """The Assessment: the kept one, or ``anew``, which is then kept.

        Raises
        ------
        KvalitetError : if the files are no longer those that were checked.
        """
        found = None if anew or self.kept is None else self.shelf.assessment(self.kept)
        if found is not None:
            return found
        inputs = self.inputs or self.shelf.inputs(self.today)
        if inputs.checksums != self.checksums:
            raise SourceError("Filerna har ändrats sedan de lästes. Kör kommandot igen.")
        return self.shelf.worked_out(inputs)


def read_all(
    data: Path, kommuner: tuple[str, ...], *, quarter: Period, today: date, workers: int = 1
) -> tuple[Ready, ...]:
    """The kommuner, when all files of all of them are in order; so many are read at once.

    Raises
    ------
    KvalitetError : if any file is wrong; it carries all faults of all files of all kommuner.
    """
    first, *others = [Shelf(data, nyckel, quarter) for nyckel in kommuner]
    # The first is read here: what all of them share is then there for the others.
    found = [_looked_at(first, today)]
    if others:
        found = list(map(_without_inputs, found))
        found += _each(others, today, workers)
    errors = [each for each in found if isinstance(each, KvalitetError)]
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise DataError({fault for error in errors for fault in _faults(error)})
    return tuple(each for each in found if isinstance(each, Ready))


def _looked_at(shelf: Shelf, today: date) -> Ready | KvalitetError:
    kept = shelf.known()
    if kept is not None:
        return Ready(kept.kommun, kept.checksums, shelf, today, kept)
    try:
        inputs = shelf.inputs(today)
    except KvalitetError as error:
        return error
    return Ready(inputs.kommun, inputs.checksums, shelf, today, inputs=inputs)


def _without_inputs(found: Ready | KvalitetError) -> Ready | KvalitetError:
    return replace(found, inputs=None) if isinstance(found, Ready) else found


def _each(shelves: list[Shelf], today: date, workers: int) -> list[Ready | KvalitetError]:
    """What is found, in the order of the shelves."""

    def look(shelf: Shelf, _: Say) -> Ready | KvalitetError:
        return _without_inputs(_looked_at(shelf, today))

    found: dict[Shelf, Ready | KvalitetError] = {}
    if workers > 1 and len(shelves) > 1 and not cannot_fork_here():
        told = Branches(look, workers).told(shelves)
        found = {shelf: each.value for shelf, each in told if isinstance(each, Over)}
    # One whose fork was lost is read here, where it is seen what is wrong.
    return [found.get(each) or _without_inputs(_looked_at(each, today)) for each in shelves]


def _faults(error: KvalitetError) -> tuple[Fault, ...]:
    return error.faults or (Fault("", 0, "", str(error).rstrip("."), "", ""),)
