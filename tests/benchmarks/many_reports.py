"""A whole country's quarter: made-up kommuner with ten nämnder each, by the command. Linux.

``python tests/benchmarks/many_reports.py [--kommuner 290] [--arbetare 2] [--plats FOLDER]``, by
hand. Needs about 4 MB of disk a report, in a temporary folder unless told where.

Each kommun is the example with a name, a key and two more nämnder of its own, and the code, and so
the published figures, of one of the municipalities that the example compares itself with. Three
runs of ``kvalitet rapport``: the first reads, assesses and makes all reports; before the second the
reports are taken away, so that it makes them from the kept Assessments; the third finds all as it
was. Goal: 2 900 reports on two cores and 4 GB in ten minutes after the Assessments.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from process_tree import Measured, measured

ROOT = Path(__file__).parents[2]
QUARTER, EXAMPLE = "2026K3", "exempelkommun"
NAMNDER = 10
FIRST_CODE, CODES = 9901, 4
"""The municipalities that all of the example's made-up fetches have figures for."""
GOAL_S, GOAL_MB = 600.0, 4096.0


def write_country(place: Path, kommuner: int) -> None:
    """A working folder with the notebook, the fetches and so many kommuner."""
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    shutil.copytree(ROOT / "data" / "kallor", place / "data" / "kallor")
    for number in range(kommuner):
        folder = place / "data" / "kommuner" / f"kommun-{number:03d}"
        shutil.copytree(ROOT / "data" / "kommuner" / EXAMPLE, folder)
        settings = folder / "kommun.toml"
        settings.write_text(_settings(settings.read_text("utf-8"), number), "utf-8")


def _settings(text: str, number: int) -> str:
    """kommun.toml with a name and code of its own, and as many nämnder as are wanted."""
    own, code = str(FIRST_CODE), str(FIRST_CODE + number % CODES)
    text = text.replace(own, "\0").replace(code, own).replace("\0", code)
    text = text.replace('namn = "Exempelkommun"', f'namn = "Påhittade {number}"')
    head, *blocks = re.split(r"(?m)^(?=\[\[namnd\]\])", text)
    more = [each.replace('"\n', '-norr"\n', 1) for each in blocks[: NAMNDER - len(blocks)]]
    more = [re.sub(r'(?m)^namn = "(.*)"$', r'namn = "\1 norr"', each) for each in more]
    return head + "".join(more) + "".join(blocks)


def ran(place: Path, workers: int, kept: Path) -> Measured:
    """The command once, with all that it starts."""
    os.environ["KVALITET_SPARAT"] = str(kept)
    command = ["-m", "kvalitetslib", "rapport", "--kvartal", QUARTER, "--tyst"]
    return measured([*command, "--arbetare", str(workers)], cwd=place, look_s=1.0)


def pages(place: Path) -> int:
    """How many reports there are."""
    return len(list((place / "reports" / QUARTER).glob("*/*.ipynb")))


def main() -> None:
    parser = argparse.ArgumentParser(description="Många kommuners rapporter på en gång.")
    parser.add_argument("--kommuner", type=int, default=290)
    parser.add_argument("--arbetare", type=int, default=2)
    parser.add_argument("--plats", default="", help="mapp; utan val en som tas bort efteråt")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.plats or None) as name:
        sys.exit(not _measured(Path(name), asked.kommuner, asked.arbetare))


def _measured(place: Path, kommuner: int, workers: int) -> bool:
    """Run three times, say what it took, and whether the goal is met."""
    write_country(place, kommuner)
    total = kommuner * NAMNDER
    print(f"{kommuner} kommuner, {total} rapporter, {workers} arbetare")
    print(f"{'':<26}{'vägg s':>9}{'per rapport':>13}{'cpu s':>9}{'per rapport':>13}{'MB':>7}")
    told = {}
    for way in ("allt från början", "nulägesanalyser finns", "inget är nytt"):
        if way == "nulägesanalyser finns":
            shutil.rmtree(place / "reports")
        told[way] = one = ran(place, workers, place / "sparat")
        print(
            f"{way:<26}{one.wall:>9.1f}{one.wall / total:>13.3f}{one.cpu:>9.1f}"
            f"{one.cpu / total:>13.3f}{one.tree_mb:>7.0f}",
            flush=True,
        )
        if pages(place) != total:
            print(f"bara {pages(place)} av {total} rapporter finns")
            return False
    after = told["nulägesanalyser finns"]
    most = max(each.tree_mb for each in told.values())
    print(f"en arbetare hade som mest {max(each.worker_mb for each in told.values()):.0f} MB eget")
    print(f"i takt med 2900 rapporter: {after.wall / total * 2900 / 60:.1f} min efter analyserna")
    return after.wall / total * 2900 <= GOAL_S and most <= GOAL_MB


if __name__ == "__main__":
    main()
