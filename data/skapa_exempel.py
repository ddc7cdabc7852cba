"""Write the made-up municipality: ``python data/skapa_exempel.py [--ut FOLDER]``.

Everything comes from ``data/exempel/``: the texts and the planted truths are written by hand, the
numbers are drawn with a fixed seed. Two runs give the same bytes. Every part has a random stream of
its own, so that one part can change without moving the others.
"""

import argparse
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from exempel import (
    economy,
    feedback,
    own,
    population,
    registers,
    snapshots,
    stories,
    surveys,
    truths,
)
from exempel.indicators import planted

SEED = 9901
KOMMUN = "kommuner/exempelkommun"


def files() -> dict[str, bytes]:
    """Path below the data folder and bytes, for every file that is made."""
    table = planted()
    made = snapshots.files(table, SEED) | population.files(SEED)
    planted_truths = [*truths.rows(table), *surveys.truths(), *population.truths()]
    made["sanningar.csv"] = _csv(truths.COLUMNS, planted_truths)
    made[f"{KOMMUN}/kommun.toml"] = (registers.TEXTS / "kommun.toml").read_bytes()
    made[f"{KOMMUN}/indikatorer.csv"] = _csv(
        own.COLUMNS, own.rows(SEED, (*own.INDICATORS, *stories.INDICATORS))
    )
    made[f"{KOMMUN}/synpunkter.csv"] = _csv(feedback.COLUMNS, feedback.rows(SEED))
    made[f"{KOMMUN}/ekonomi.csv"] = _csv(economy.COLUMNS, economy.rows(SEED))
    made |= {f"{KOMMUN}/{path}": content for path, content in surveys.files(SEED).items()}
    for name, (_, columns) in registers.REGISTERS.items():
        made[f"{KOMMUN}/{name}.csv"] = _csv(columns, registers.rows(name))
    return made


def write(folder: Path) -> None:
    """All files below ``folder``; what is already there with the same name is replaced."""
    for path, content in files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Semicolons and UTF-8, as a Swedish spreadsheet reads them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def main() -> None:
    parser = argparse.ArgumentParser(description="Skapa den påhittade kommunen Exempelkommun.")
    parser.add_argument(
        "--ut", type=Path, default=Path(__file__).parent, help="mapp att skriva i (data)"
    )
    write(parser.parse_args().ut)


if __name__ == "__main__":
    main()
