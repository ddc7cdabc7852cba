"""How fast and how large: the survey cube against one-pass pandas, polars, DuckDB, and R.

Run: PYTHONPATH=. python tests/benchmarks/survey_speed.py [--rows 1000000] [--with-r]

All figures come from one run on one machine. The rivals add up, in one grouping over stratum x
kon x alder x omrade, the weight and squared weight of each question's yes, then our own code
turns their sums into the same shares and standard errors for the same 323 groups; the agreement is
printed. Only their grouping pass differs from ours, which favours them. R runs `svyby` on a
smaller sample, all 40 questions in the 210 groups of one crossing; its time for 323 groups and
all rows is extrapolated linearly and marked so (its fixed cost per group is then overstated).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.cube import MISSING, Cube, CubeTable, answer_cube
from kvalitetslib.stats.design import Design, sample_design, stratum_factors

LEVELS = {"kon": 2, "alder": 7, "omrade": 30}
STRATA = 12
GROUPS: list[tuple[int, ...]] = [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)]
R_ROWS = 50_000
R_SCRIPT = """
suppressMessages(library(survey)); set.seed(1); n <- {rows}
d <- data.frame(a = sample(7, n, TRUE), b = sample(30, n, TRUE), s = sample(12, n, TRUE),
                w = rgamma(n, 4, 4), matrix(rbinom(40 * n, 1, .4), n, 40))
x <- svydesign(~1, strata = ~s, weights = ~w, data = d)
f <- reformulate(grep("^X", names(d), value = TRUE))
cat(system.time(svyby(f, ~a + b, x, svymean))[["elapsed"]])
"""


class Survey:
    """Made-up answers with a fixed seed."""

    def __init__(self, rows: int, questions: int, categories: int, *, missing: float = 0.0) -> None:
        rng = np.random.default_rng(20260301)
        self.factors = [rng.integers(0, k, rows, dtype=np.uint8) for k in LEVELS.values()]
        self.stratum = rng.integers(0, STRATA, rows, dtype=np.uint8)
        self.weight = rng.gamma(4, 0.25, rows)
        self.answers = rng.integers(0, categories, (rows, questions), dtype=np.uint8)
        self.answers[rng.random((rows, questions), dtype=np.float32) < missing] = MISSING
        self.categories = categories
        self.design = sample_design(self.weight, stratum=self.stratum)

    @property
    def size(self) -> int:
        """Bytes of the answers, weights, strata and background variables."""
        return self.answers.nbytes + self.weight.nbytes + 4 * self.stratum.nbytes

    def estimates(self) -> list[CubeTable]:
        """Means and standard errors of all 323 groups (shares for yes/no)."""
        cube: Cube = answer_cube(
            self.answers, self.design, self.factors, categories=self.categories
        )
        return [cube.means(groups, list(range(self.categories))) for groups in GROUPS]


def best(work: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """Shortest and median time in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken), statistics.median(taken)


Sums = npt.NDArray[np.float64]


def shares_from_sums(sums: Sums, design: Design) -> list[tuple[Sums, Sums]]:
    """Share and standard error from (strata, kon, alder, omrade, 2 + 2q) sums of w and w2."""
    factor, centred = stratum_factors(design.first, design.lonely)
    between = (factor * centred / design.first.sampled)[:, None, None]
    q = (sums.shape[-1] - 2) // 2
    found = []
    for groups in GROUPS:
        others = tuple(i + 1 for i in range(3) if i not in groups)
        table = sums.sum(axis=others).reshape(STRATA, -1, sums.shape[-1])
        w, w2, wy, w2y = table[..., :1], table[..., 1:2], table[..., 2 : 2 + q], table[..., 2 + q :]
        size = w.sum(axis=0)
        share = wy.sum(axis=0) / size
        square = w2y * (1 - share) ** 2 + (w2 - w2y) * share**2
        centring = between * (wy - share * w) ** 2
        variance = (factor[:, None, None] * square - centring).sum(axis=0)
        found.append((share, np.sqrt(np.maximum(variance, 0)) / size))
    return found


def _filled(keys: Sums, values: Sums) -> Sums:
    sums = np.zeros((STRATA, *LEVELS.values(), values.shape[1]))
    sums[tuple(keys.astype(int).T)] = values
    return sums


def with_polars(survey: Survey) -> Callable[[], list[tuple[Sums, Sums]]]:
    import polars as pl

    names = ["stratum", *LEVELS]
    columns = dict(zip(names, [survey.stratum, *survey.factors], strict=True))
    questions = [f"q{i}" for i in range(survey.answers.shape[1])]
    columns |= {q: np.ascontiguousarray(survey.answers[:, i]) for i, q in enumerate(questions)}
    frame = pl.DataFrame(columns | {"w": survey.weight})
    sums = [pl.col("w").sum().alias("sw"), (pl.col("w") ** 2).sum().alias("sw2")]
    sums += [(pl.col("w") * pl.col(q)).sum().alias(f"a{q}") for q in questions]
    sums += [(pl.col("w2") * pl.col(q)).sum().alias(f"b{q}") for q in questions]

    def work() -> list[tuple[Sums, Sums]]:
        lazy = frame.lazy().with_columns((pl.col("w") ** 2).alias("w2"))
        table = lazy.group_by(names).agg(sums).collect().to_numpy()
        return shares_from_sums(_filled(table[:, :4], table[:, 4:]), survey.design)

    return work


def with_duckdb(survey: Survey) -> Callable[[], list[tuple[Sums, Sums]]]:
    import duckdb
    import pandas as pd

    names = ["stratum", *LEVELS]
    columns = dict(zip(names, [survey.stratum, *survey.factors], strict=True))
    questions = [f"q{i}" for i in range(survey.answers.shape[1])]
    frame = pd.DataFrame(columns | {"w": survey.weight}).join(
        pd.DataFrame(np.asfortranarray(survey.answers), columns=questions)
    )
    base = duckdb.connect()
    base.register("frame", frame)
    base.execute("SET threads TO 2")
    base.execute("CREATE TABLE answers AS SELECT * FROM frame")
    parts = ["sum(w)", "sum(w*w)", *(f"sum(w*{q})" for q in questions)]
    parts += [f"sum(w*w*{q})" for q in questions]
    keys = ", ".join(names)
    query = f"SELECT {keys}, {', '.join(parts)} FROM answers GROUP BY {keys}"

    def work() -> list[tuple[Sums, Sums]]:
        columns = base.execute(query).fetchnumpy().values()
        table = np.column_stack([np.asarray(column, dtype=float) for column in columns])
        return shares_from_sums(_filled(table[:, :4], table[:, 4:]), survey.design)

    return work


def with_pandas(survey: Survey) -> Callable[[], list[tuple[Sums, Sums]]]:
    import pandas as pd

    cell = survey.stratum.astype(np.int64)
    for codes, levels in zip(survey.factors, LEVELS.values(), strict=True):
        cell = cell * levels + codes
    frame = pd.DataFrame(np.asfortranarray(survey.answers))
    w = pd.Series(survey.weight)

    def work() -> list[tuple[Sums, Sums]]:
        weights = pd.DataFrame({"w": w, "w2": w * w}).groupby(cell).sum()
        first = frame.mul(w, axis=0).groupby(cell).sum()
        second = frame.mul(w * w, axis=0).groupby(cell).sum()
        table = np.column_stack([weights, first, second])
        keys = np.column_stack(np.unravel_index(weights.index, (STRATA, *LEVELS.values())))
        return shares_from_sums(_filled(keys, table), survey.design)

    return work


def against_rivals(survey: Survey, own: float) -> None:
    ours = survey.estimates()
    for name, make in (("pandas", with_pandas), ("polars", with_polars), ("DuckDB", with_duckdb)):
        try:
            work = make(survey)
        except ImportError:
            print(f"  {name:8s} not installed")
            continue
        pairs = list(zip(ours, work(), strict=True))
        gap = max(float(np.abs(t.se - se).max()) for t, (_, se) in pairs)
        shortest, median = best(work, 3)
        print(
            f"  {name:8s} {1e3 * shortest:8.1f} ms (median {1e3 * median:.1f}), "
            f"{shortest / own:6.1f} times ours, largest difference in SE {gap:.1e}"
        )


def against_r(rows: int, own: float) -> None:
    if shutil.which("Rscript") is None:
        print("  R        not installed")
        return
    command = ["Rscript", "-e", R_SCRIPT.format(rows=R_ROWS)]
    seconds = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    whole = seconds * rows / R_ROWS * 323 / 210
    print(
        f"  R survey {seconds:8.1f} s for {R_ROWS} rows, 40 questions, 210 groups; EXTRAPOLATED "
        f"linearly to the whole task {whole:.0f} s, {whole / own:.0f} times ours"
    )


def peak_memory(rows: int) -> None:
    """Peak of the resident size in a fresh process: first the input, then with the estimates."""
    code = f"from survey_speed import measured_peak; measured_peak({rows})"
    folder = sys.path[0]
    subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r}); {code}"], check=True
    )


def measured_peak(rows: int) -> None:
    survey = Survey(rows, 40, 2)
    Survey(1000, 40, 2).estimates()
    before = _resident()
    _reset_peak()
    survey.estimates()
    extra = _peak() - before
    print(
        f"Peak memory: input {survey.size / 1e6:.0f} MB, on top of it {extra / 1e6:.0f} MB "
        f"({(survey.size + extra) / survey.size:.2f} times the input in all)"
    )


def _status(field: str) -> int:
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(field))


def _resident() -> int:
    return _status("VmRSS:")


def _peak() -> int:
    """Peak since the reset; the peak of the whole process where it cannot be reset."""
    return max(_status("VmHWM:"), 0) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _reset_peak() -> None:
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")


def report(title: str, survey: Survey) -> float:
    shortest, median = best(survey.estimates)
    print(f"{title}: {1e3 * shortest:.1f} ms (median {1e3 * median:.1f})")
    return shortest


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--with-r", action="store_true")
    options = parser.parse_args()
    rows = options.rows
    survey = Survey(rows, 40, 2)
    own = report(f"{rows} x 40 yes/no x 323 groups, with standard errors", survey)
    against_rivals(survey, own)
    if options.with_r:
        against_r(rows, own)
    del survey
    report(f"{rows} x 40 five-step with 5 % missing", Survey(rows, 40, 5, missing=0.05))
    report("5000 x 60 yes/no", Survey(5000, 60, 2))
    for part in (4, 2, 1):
        report(f"Linear in rows: {rows // part} x 40", Survey(rows // part, 40, 2))
    for questions in (16, 40, 80):
        report(f"Linear in questions: {rows // 2} x {questions}", Survey(rows // 2, questions, 2))
    peak_memory(rows)


if __name__ == "__main__":
    main()
