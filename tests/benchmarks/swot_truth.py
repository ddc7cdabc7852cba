"""How often the lines of the nulägesanalys are true, against a simulation where the truth is known.

Run: PYTHONPATH=.:tests python tests/benchmarks/swot_truth.py [--kommuner 500] [--seed 1]

Each made-up kommun is the own one in turn. The first run has no true differences at all: how many
nämnder are told something, and are the p values of each question uniform? The second run has known
differences: how many lines are false, how many are missed, and what do three common ways to reach
the same lines give? A line is false when its truth is zero or has the other sign; *teckenfel* are
the latter. *Under halv* counts lines whose truth is below half a relevant difference.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from benchmarks.simulated_kommuner import QUARTER, inputs_of
from benchmarks.simulated_truth import UNTESTED, truth
from benchmarks.simulated_world import Kind, Scenario, World, make_world
from benchmarks.swot_rivals import at_equal_rate, colours, one_a_half, two_points, uncorrected
from scipy import stats

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.model import Direction
from kvalitetslib.report import Evidence, Finding, Report, Verdict

SIGNS = {Verdict.BETTER: 1, Verdict.WORSE: -1}
SIZES = (0, 0.5, 1, 2, 3, 4, np.inf)
SIZE_NAMES = ("–0,5", "0,5–1", "1–2", "2–3", "3–4", "4–")
NAMND_SIZES = {"3–7 mått": (3, 7), "8–12 mått": (8, 12), "13–20 mått": (13, 20)}
P_LEVELS = (0.01, 0.05, 0.10, 0.50)
HALF = 0.5
"""Of a relevant difference: a line about less is called too small."""
YEARLY = (Kind.YEARLY, Kind.COUNTED)


@dataclass(frozen=True, eq=False)
class Table:
    """A titled table of the benchmark's report."""

    title: str
    rows: pd.DataFrame


def pieces(report: Report) -> Sequence[Evidence]:
    """All evidence of a report."""
    return report.all_evidence


def records(world: World) -> pd.DataFrame:
    """One row a piece of evidence of all kommuner, with what is true of it.

    ``claimed`` is 1 or -1 for a verdict that something is better or worse, else 0; ``rule`` and
    ``quadrant`` are empty for evidence that became no line. A line which says that groups are
    alike claims that the difference is below a relevant one: ``truth`` is how far below.
    """
    rows = []
    for own in range(world.scenario.kommuner):
        for report in assess(inputs_of(world, own), quarter=QUARTER).reports():
            lines = {id: line for line in report.findings for id in line.evidence[:1]}
            rows += [
                {
                    "own": own,
                    "namnd": report.namnd,
                    "namnd_size": len(report.indicators),
                    **_judged(world, own, each, lines.get(each.id)),
                }
                for each in pieces(report)
                if each.question not in UNTESTED
            ]
    return pd.DataFrame(rows)


def _judged(world: World, own: int, each: Evidence, line: Finding | None) -> dict[str, object]:
    number = world.place[each.indicator]
    alike = line is not None and each.verdict is Verdict.LEVEL
    true = truth(world, own, each)
    return {
        "indicator": number,
        "kind": str(world.kinds[number]),
        "question": each.question.name,
        "part": _part(each),
        "group": "/".join((each.group.gender, each.group.age, each.group.area)),
        "reference": str(each.reference.kind) if each.reference else "",
        "difference": np.nan if each.difference is None else each.difference,
        "delta": each.delta,
        "correlated": "AR" if world.autocorrelation[number] > 0 else "oberoende",
        "p": np.nan if each.p is None else each.p,
        "judged": world.indicators[number].direction is not Direction.NEUTRAL,
        "claimed": 1 if alike else SIGNS.get(each.verdict, 0),
        "alike": alike,
        "rule": "" if line is None else line.rule,
        "quadrant": "" if line is None else str(line.quadrant),
        "truth": each.delta - abs(true) if alike else true,
    }


def _part(evidence: Evidence) -> str:
    group = evidence.group
    if group.gender != "T":
        return "kön"
    return "ålder" if group.age else "område" if group.area else "alla"


def share_of_namnder(rows: pd.DataFrame) -> tuple[int, int]:
    """Nämnder with any false line, and nämnder. That nothing differs is no false line."""
    is_false = (rows["rule"] != "") & (rows["claimed"] * rows["truth"] <= 0)
    has_any = is_false.groupby([rows["own"], rows["namnd"]]).any()
    return int(has_any.sum()), len(has_any)


def exact_interval(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Clopper & Pearson 1934, Biometrika 26, 404-413)."""
    found = stats.binomtest(hits, n).proportion_ci(0.95, method="exact")
    return float(found.low), float(found.high)


def outcome(rows: pd.DataFrame) -> pd.Series:
    """How many lines, and the shares that are false, of the wrong sign and too small.

    ``rows`` needs claimed or difference, truth and delta.
    """
    sign = np.sign(rows["claimed"] if "claimed" in rows else rows["difference"])
    toward = sign * rows["truth"]
    alike = rows.get("alike", pd.Series(False, index=rows.index))
    n = max(len(rows), 1)
    return pd.Series(
        {
            "rader": len(rows),
            "sanna": int((toward > 0).sum()),
            "andel falska": (toward <= 0).sum() / n,
            "teckenfel": (toward < 0).sum() / n,
            "under halv": ((toward < HALF * rows["delta"]) & ~alike).sum() / n,
        }
    )


def _by(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    made = {key: outcome(part) for key, part in rows.groupby(list(columns), observed=True)}
    return pd.DataFrame({" | ".join(map(str, key)): each for key, each in made.items()}).T


def null_tables(rows: pd.DataFrame) -> list[Table]:
    """How much is told when nothing is true."""
    return [
        Table("Inget är sant: nämnder med något fynd", _namnder(rows)),
        Table("Inget är sant: andel p-värden under nivån", p_shares(rows)),
        Table(
            "Inget är sant: p-värden med och utan autokorrelation",
            p_shares(rows[rows["kind"].isin((Kind.YEARLY, Kind.MONTHLY))], "correlated"),
        ),
    ]


def _namnder(rows: pd.DataFrame) -> pd.DataFrame:
    parts = {"alla": rows}
    parts |= {name: rows[rows["namnd_size"].between(*ends)] for name, ends in NAMND_SIZES.items()}
    parts |= {
        f"bara {question}": rows.assign(rule=rows["rule"].where(rows["question"] == question, ""))
        for question in sorted(rows.loc[rows["rule"] != "", "question"].unique())
    }
    made = {}
    for name, part in parts.items():
        hits, n = share_of_namnder(part)
        if n == 0:
            continue
        low, high = exact_interval(hits, n)
        made[name] = {"nämnder": n, "med fynd": hits, "andel": hits / n, "från": low, "till": high}
    return pd.DataFrame(made).T


def p_shares(rows: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Shares of raw p values at or below some levels, by question, part, kind and reference."""
    tested = rows[rows["p"].notna()]
    keys = ["question", "part", "kind", "reference", *more]
    made = {}
    for key, part in tested.groupby(keys):
        good = part["difference"] > 0
        made[" | ".join(key)] = {
            "prov": len(part),
            **{f"p ≤ {level}": (part["p"] <= level).mean() for level in P_LEVELS},
            "p ≤ 0.05 och bättre": ((part["p"] <= 0.05) & good).mean(),
        }
    return pd.DataFrame(made).T


def mixed_tables(world: World, rows: pd.DataFrame) -> list[Table]:
    """How many lines are true when some things are."""
    lines = rows[rows["rule"] != ""]
    sized = {name: lines[lines["namnd_size"].between(*ends)] for name, ends in NAMND_SIZES.items()}
    return [
        Table("Alla rader", pd.DataFrame({"alla": outcome(lines)}).T),
        Table("Medelvärde av nämndernas andel falska", _mean_rate(rows)),
        Table("Per ruta", _by(lines, "quadrant")),
        Table("Per nämnds storlek", pd.DataFrame({k: outcome(v) for k, v in sized.items()}).T),
        Table("Per fråga", _by(lines, "question", "part", "kind")),
        Table("Per regel", _by(lines, "rule")),
        Table("Andel funna av de sanna, efter storlek i relevanta skillnader", power(rows)),
        Table("Mot andra sätt att räkna", against_rivals(world, rows)),
    ]


def _mean_rate(rows: pd.DataFrame) -> pd.DataFrame:
    """The false discovery rate of Benjamini and Hochberg: a nämnd without lines counts 0."""
    is_line = rows["rule"] != ""
    false = is_line & (rows["claimed"] * rows["truth"] <= 0)
    sums = pd.DataFrame({"lines": is_line, "false": false}).groupby([rows["own"], rows["namnd"]])
    counts = sums.sum()
    rate = (counts["false"] / counts["lines"].clip(lower=1)).mean()
    return pd.DataFrame({"nämnder": {"alla": len(counts)}, "andel falska": {"alla": rate}})


def power(rows: pd.DataFrame) -> pd.DataFrame:
    """Share of true differences with the right verdict, by question and true size."""
    asked = (rows["rule"] != "").groupby([rows["question"], rows["kind"]]).transform("any")
    true = rows[rows["judged"] & asked & ~rows["alike"] & (rows["truth"] != 0)]
    true = true[(true["question"] != "POTENTIAL") | (true["truth"] > 0)]
    size = pd.cut((true["truth"] / true["delta"]).abs(), SIZES, labels=SIZE_NAMES)
    found = (true["claimed"] * true["truth"] > 0).groupby(
        [true["question"] + " | " + true["kind"], size], observed=True
    )
    shares, counts = found.mean().unstack(), found.size().unstack()
    return shares.join(counts.add_prefix("antal "))


def against_rivals(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """Each rival beside our lines on the same questions, and its true ones at our rate."""
    yearly = rows["kind"].isin(YEARLY)
    lines = rows[rows["rule"] != ""]
    made: dict[str, pd.Series] = {}
    rivals = {
        "färger": colours(world),
        "färger, mot alla": colours(world, among_all=True),
        "två punkter": two_points(world),
    }
    for name, claims in rivals.items():
        for question in ("LEVEL", "TREND"):
            ours = lines[yearly.loc[lines.index] & (lines["question"] == question)]
            made |= _pair(name, question, ours, claims[claims["question"] == question])
    claims = uncorrected(rows)
    verdicts = rows[(rows["claimed"] != 0) & ~rows["alike"] & rows["p"].notna()]
    for question in sorted(claims["question"].unique()):
        ours = verdicts[verdicts["question"] == question]
        made |= _pair("utan korrektion", question, ours, claims[claims["question"] == question])
    tested = lines[lines["p"].notna() & ~lines["alike"]]
    made |= _pair("utan korrektion", "en rad var", tested, one_a_half(claims))
    return pd.DataFrame(made).T


def _pair(
    name: str, question: str, ours: pd.DataFrame, claims: pd.DataFrame
) -> dict[str, pd.Series]:
    mine, rival = outcome(ours), outcome(claims)
    rival["sanna vid vår andel"] = at_equal_rate(claims, mine["andel falska"])
    rival["över halv vid vår andel"] = at_equal_rate(claims, mine["under halv"], least=HALF)
    mine["sanna vid vår andel"] = mine["sanna"]
    mine["över halv vid vår andel"] = round(mine["rader"] * (1 - mine["under halv"]))
    return {f"{question}: vi ({name})": mine, f"{question}: {name}": rival}


def printed(table: Table) -> str:
    """A table as plain text with decimal commas; whole columns have no decimals."""
    whole = [name for name, column in table.rows.items() if (column.dropna() % 1 == 0).all()]
    shown = table.rows.astype(object)
    for name in shown:
        form = "{:.0f}" if name in whole else "{:.3f}"
        shown[name] = [
            "" if pd.isna(value) else form.format(value).replace(".", ",") for value in shown[name]
        ]
    return f"\n{table.title}\n{shown.to_string()}"


def main(scenario: Scenario, path: Path | None) -> None:
    start = time.perf_counter()
    tables = null_tables(records(make_world(_null(scenario))))
    world = make_world(scenario)
    tables += mixed_tables(world, records(world))
    for table in tables:
        print(printed(table))
    seconds = time.perf_counter() - start
    print(f"\n{scenario.kommuner} kommuner × {scenario.indicators} mått: {seconds:.0f} s")
    if path is not None:
        named = {
            table.title: table.rows.rename_axis(index="rad", columns="mått").stack()
            for table in tables
        }
        pd.concat(named, names=["tabell"]).rename("värde").to_csv(path)


def _null(scenario: Scenario) -> Scenario:
    return Scenario(scenario.kommuner, scenario.indicators, scenario.seed, all_null=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Hur ofta nulägesanalysens rader är sanna.")
    parser.add_argument("--kommuner", type=int, default=500)
    parser.add_argument("--indikatorer", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--effekter", type=float, nargs="+", default=[0.5, 1, 2, 3, 4])
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    default = Scenario()
    weights = default.weights if tuple(given.effekter) == default.effects else (1.0,)
    main(
        Scenario(
            kommuner=given.kommuner,
            indicators=given.indikatorer,
            seed=given.seed,
            effects=tuple(given.effekter),
            weights=weights * (len(given.effekter) // len(weights)),
        ),
        given.csv,
    )
