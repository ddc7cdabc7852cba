"""Counts, weights and squared weights of every answer in every cell, in one pass.

Several questions are packed into one number (eight yes/no questions into a byte), the packed
numbers are counted per cell, and the counts are then unfolded into answers. That touches each
row a handful of times however many questions there are. Rows are first put in cell order and
taken a run of cells at a time, so that the counters stay in the processor's cache.

Worked example: with two yes/no questions the answers (yes, no) and (yes, yes) are the packed
numbers 1 and 3. Pattern 3 counts for both questions, pattern 1 for the first.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kvalitetslib.stats.design import FloatArray, IntArray

Codes = npt.NDArray[np.uint8]
MISSING = 255
"""Code of an answer that is missing."""

COUNTER_COST = 0.06
"""Cost of one counter relative to one row (measured)."""
COUNTERS = 40_000
"""Counters of one run of cells: 0.3 MB in each array, which the cache holds."""
CHUNK = 1 << 15
"""Rows packed at a time."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over the rows of each cell, by answer.

    whole : (cells, q), all who answered; (cells, 1) when nobody is missing anywhere.
    parts : (cells, categories - 1, q), those who gave each answer but the last.
    """

    whole: FloatArray
    parts: FloatArray


@dataclass(frozen=True, eq=False)
class Tally:
    """weight by cell and stratum (cells * strata); count, square and scaled_square by cell.

    `scaled_square` sums the squared weight times a factor of the stratum. `square` has no parts.
    """

    weight: Sums
    count: Sums
    square: Sums
    scaled_square: Sums


@dataclass(frozen=True, eq=False)
class Layout:
    """Where each row (n,) belongs: cell * strata + stratum; and the factor of each stratum."""

    place: IntArray
    cells: int
    factor: FloatArray


@dataclass(frozen=True, eq=False)
class _Packing:
    """`per` questions of one scale in each of eight bytes of the `words` (words, n).

    unfold : (patterns, columns, per), 1 where a pattern holds an answer; the columns are the
    answers but the last, then "answered" unless the answers are complete.
    """

    words: npt.NDArray[np.uint64]
    packs: int
    per: int
    unfold: FloatArray
    complete: bool


@dataclass(frozen=True, eq=False)
class _Measure:
    """What is summed over the rows of a run: `values` into `sums`."""

    sums: Sums
    values: FloatArray | float


def tally(answers: Codes, weight: FloatArray, layout: Layout, *, categories: int) -> Tally:
    """Tally of `answers` (n, q) with codes below `categories` or `MISSING`.

    Rows of weight zero are left out of all sums.

    Raises
    ------
    ValueError : if an answer is outside the scale.
    """
    strata = len(layout.factor)
    with ThreadPoolExecutor(1) as pool:
        ordered = pool.submit(_ordered, layout)
        complete = _is_complete(answers, categories)
        packing = _packing(answers, categories, layout.cells * strata, complete=complete)
        order = ordered.result()
    found = Tally(
        weight=_empty(layout.cells * strata, answers.shape[1], categories, packing),
        count=_empty(layout.cells, answers.shape[1], categories, packing),
        square=_empty(layout.cells, answers.shape[1], 1, packing),
        scaled_square=_empty(layout.cells, answers.shape[1], categories, packing),
    )
    step = max(1, COUNTERS // (len(packing.unfold) * strata))
    for start in range(0, layout.cells, step):
        run = slice(start, min(start + step, layout.cells))
        _add_run(found, packing, _Rows.of(run, order, weight, layout.factor))
    return found


def _is_complete(answers: Codes, categories: int) -> bool:
    """Whether nobody is missing, after a check of the codes."""
    if answers.dtype != np.uint8 or answers.ndim != 2 or not 1 < categories < 16:
        raise ValueError("answers must be (n, q) uint8 codes on a scale of 2 to 15 steps")
    if answers.max(initial=0) < categories:
        return True
    for start in range(0, len(answers), CHUNK):
        part = answers[start : start + CHUNK]
        if ((part >= categories) & (part != MISSING)).any():
            raise ValueError(f"answers outside the scale of {categories} steps")
    return False


def _empty(cells: int, q: int, categories: int, packing: _Packing) -> Sums:
    whole = np.empty((cells, 1 if packing.complete else q))
    return Sums(whole, np.empty((cells, categories - 1, q)))


def _ordered(layout: Layout) -> sparse.csr_array:
    """Rows by cell and stratum, as indices; a sparse matrix is sorted in linear time."""
    n = len(layout.place)
    rows = np.arange(n, dtype=np.int32)
    shape = (layout.cells * len(layout.factor), n)
    return sparse.coo_array((np.ones(n, dtype=np.int8), (layout.place, rows)), shape=shape).tocsr()


def _packing(answers: Codes, categories: int, cells: int, *, complete: bool) -> _Packing:
    base = categories if complete else categories + 1
    n, q = answers.shape
    most = max(per for per in range(1, 9) if base**per <= 256)
    per = min(range(1, most + 1), key=lambda k: -(-q // k) * (n + COUNTER_COST * cells * base**k))
    digit = np.arange(base**per)[:, None, None] // base ** np.arange(per) % base
    columns = digit == np.arange(categories - 1)[:, None]
    if not complete:
        columns = np.concatenate([columns, digit < categories], axis=1)
    return _Packing(
        words=_words(answers, base, per),
        packs=-(-q // per),
        per=per,
        unfold=columns.astype(np.float64),
        complete=complete,
    )


def _words(answers: Codes, base: int, per: int) -> npt.NDArray[np.uint64]:
    """Packed numbers, eight to a word, so that one look-up a row fetches eight."""
    n, q = answers.shape
    packs = -(-q // per)
    numbers = np.zeros((-(-packs // 8), n, 8), dtype=np.uint8)
    if base == 2 and per == 8 and q % 8 == 0 and answers.flags.c_contiguous:
        for start in range(0, n, CHUNK):
            part = answers[start : start + CHUNK]
            bits = np.packbits(part.reshape(-1), bitorder="little").reshape(len(part), packs)
            for word in range(len(numbers)):
                some = bits[:, 8 * word : 8 * word + 8]
                numbers[word, start : start + CHUNK, : some.shape[1]] = some
        return numbers.view(np.uint64)[..., 0]
    for start in range(0, n, CHUNK):
        digits = np.minimum(answers[start : start + CHUNK].T, base - 1)
        for pack in range(packs):
            group = digits[pack * per : (pack + 1) * per]
            number = group[-1].copy()
            for digit in group[-2::-1]:
                number *= base
                number += digit
            numbers[pack // 8, start : start + CHUNK, pack % 8] = number
    return numbers.view(np.uint64)[..., 0]


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows of a run of cells: their numbers, place in the run (from 0) and weights."""

    run: slice
    strata: int
    rows: npt.NDArray[np.intp]
    place: npt.NDArray[np.intp]
    cell: npt.NDArray[np.intp]
    weight: FloatArray
    square: FloatArray
    scaled: FloatArray

    @classmethod
    def of(
        cls, run: slice, order: sparse.csr_array, weight: FloatArray, factor: FloatArray
    ) -> _Rows:
        strata, cells = len(factor), run.stop - run.start
        ends = order.indptr[run.start * strata : run.stop * strata + 1]
        rows = order.indices[ends[0] : ends[-1]].astype(np.intp)
        held = np.diff(ends)
        w = weight.take(rows)
        square = w * w
        place = np.repeat(np.arange(cells * strata), held)
        return cls(
            run=run,
            strata=strata,
            rows=rows,
            place=place,
            cell=np.repeat(np.arange(cells), strata).take(place),
            weight=w,
            square=square,
            scaled=square * np.tile(factor, cells).take(place),
        )


def _add_run(found: Tally, packing: _Packing, rows: _Rows) -> None:
    """Fill the sums of a run of cells."""
    fine = slice(rows.run.start * rows.strata, rows.run.stop * rows.strata)
    used = np.sign(rows.weight) if (rows.weight == 0).any() else 1.0
    by_place = [_Measure(_part(found.weight, fine), rows.weight)]
    by_cell = [
        _Measure(_part(found.count, rows.run), used),
        _Measure(_part(found.square, rows.run), rows.square),
        _Measure(_part(found.scaled_square, rows.run), rows.scaled),
    ]
    patterns = len(packing.unfold)
    starts = ((rows.place * patterns, by_place), (rows.cell * patterns, by_cell))
    key = np.empty_like(rows.place)
    for pack in range(packing.packs):
        if pack % 8 == 0:
            numbers = packing.words[pack // 8].take(rows.rows).view(np.uint8).reshape(-1, 8)
        number = numbers[:, pack % 8].astype(np.intp)
        for start, measures in starts:
            np.add(start, number, out=key)
            for measure in measures:
                _unfold(measure, key, packing, pack)


def _part(sums: Sums, run: slice) -> Sums:
    return Sums(sums.whole[run], sums.parts[run])


def _unfold(measure: _Measure, key: npt.NDArray[np.intp], packing: _Packing, pack: int) -> None:
    whole, parts = measure.sums.whole, measure.sums.parts
    cells, answers, q = parts.shape
    if answers == 0 and packing.complete and pack > 0:
        return
    patterns = len(packing.unfold)
    asked = slice(pack * packing.per, min(q, (pack + 1) * packing.per))
    counters = np.zeros(cells * patterns)
    np.add.at(counters, key, measure.values)
    found = counters.reshape(cells, patterns)
    wanted = packing.unfold[:, :, : asked.stop - asked.start]
    if answers:
        kept = wanted[:, :answers].reshape(patterns, -1)
        parts[:, :, asked] = (found @ kept).reshape(cells, answers, -1)
    if not packing.complete:
        whole[:, asked] = found @ wanted[:, -1]
    elif pack == 0:
        whole[:, 0] = found.sum(axis=1)
