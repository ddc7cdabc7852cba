"""The made-up surveys: codebooks, files of answers, and the truths that are planted in them."""

import csv
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from exempel import citizens, pupils, staff
from exempel.answers import People, Texts, answers
from exempel.questionnaires import (
    CODEBOOKS,
    TEXTS,
    Asked,
    Effect,
    Questionnaire,
    questionnaire,
)

FOLDER = "enkater"
CLEAR_MOVEMENT, CLEAR_GAP = 1.5, 1.5
"""Relevant differences from which a planted movement or gap is a truth to be found."""
DRAW = 11
"""Which of all possible samples: the first where the fall of eight points in f36 and the gap of
fourteen in f01 both lie within four points of the plan in each wave. No other answer was looked
at."""
IMPORTANT = 0.4
"""Weight from which a driver is important."""


def files(seed: int) -> dict[str, bytes]:
    """Path below the kommun's folder and bytes, for every file of every survey."""
    made = {}
    for key, text in CODEBOOKS.items():
        made[f"{FOLDER}/{key}.toml"] = (TEXTS / text).read_bytes()
        asked = questionnaire(key)
        for number, wave in enumerate(asked.book["omgang"]):
            made[f"{FOLDER}/{wave['fil']}"] = _wave(asked, number, seed)
    return made


def _wave(asked: Questionnaire, number: int, seed: int) -> bytes:
    """The file of one wave, first 0; it has its own random stream."""
    wave = asked.book["omgang"][number]
    stream = zlib.crc32(wave["fil"].encode())
    rng = np.random.default_rng(np.random.SeedSequence([seed, stream, DRAW]))
    people = _respondents(asked, number, rng)
    columns = {"lopnr": [str(1 + place) for place in range(len(people["kon"]))]}
    if "stratum" in wave:
        columns["stratum"] = _coded(people["omrade"], _background(asked, "omrade"))
    for background in asked.book["bakgrund"]:
        columns[background["kolumn"]] = _column(people, background)
    columns |= {key: list(codes) for key, codes in answers(asked, people, number, rng=rng).items()}
    return _csv(columns)


def _respondents(asked: Questionnaire, number: int, rng: np.random.Generator) -> People:
    if asked.key == "hme":
        return staff.respondents(number, rng)
    if asked.key == "skolenkaten":
        return pupils.respondents(rng)
    ages = _background(asked, "alder")["grupper"]
    return citizens.respondents(asked.book["omgang"][number], ages, rng)


def _background(asked: Questionnaire, key: str) -> dict[str, Any]:
    return next(each for each in asked.book["bakgrund"] if each["nyckel"] == key)


def _column(people: People, background: Mapping[str, Any]) -> list[str]:
    """As the file has it: a code where the codebook has groups by code."""
    if background["kolumn"] in people and background["kolumn"] != background["nyckel"]:
        return list(people[background["kolumn"]])
    return _coded(people[background["nyckel"]], background)


def _coded(groups: Texts, background: Mapping[str, Any]) -> list[str]:
    codes = {group: code for code, group in background["grupper"].items()}
    return [codes.get(str(group), str(group)) for group in groups]


def _csv(columns: Mapping[str, list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode()


def truths() -> list[dict[str, str]]:
    """Rows of ``sanningar.csv``: those of every question, once for each nämnd that owns it."""
    return [row for key in CODEBOOKS for row in _survey_truths(questionnaire(key))]


def _survey_truths(asked: Questionnaire) -> Iterator[dict[str, str]]:
    middle = np.mean([each.levels[1] for each in asked.questions if each.weight is not None] or [0])
    for question in asked.questions:
        effects = [each for each in asked.effects if question.id in each.questions]
        found = [*_movement(question), *_driver(question, float(middle))]
        found += [row for effect in effects for row in _gap(question, effect, asked)]
        nothing = {"kon": "T", "sanning": "ingenting", "kommentar": question.comment}
        for row in found or [nothing]:
            for namnd in _owners(question, row):
                yield {
                    "indikator": f"{asked.key}:{question.id}",
                    "storlek": "0,0",
                    **row,
                    "namnd": namnd,
                }


def _owners(question: Asked, row: Mapping[str, str]) -> tuple[str, ...]:
    """The nämnder of a question; one that all share is the staff's, so the employer's."""
    if row.get("namnd"):
        return (row["namnd"],)
    return question.namnder or ("kommunstyrelsen",)


def _movement(question: Asked) -> Iterator[dict[str, str]]:
    """A break is no movement, and nor is a first wave."""
    first, last = question.levels
    moved = 0.0 if first is None or question.is_broken else (last - first) / question.delta
    if abs(moved) >= CLEAR_MOVEMENT:
        word = "stigande" if moved > 0 else "fallande"
        yield _truth("T", word, moved, question.comment)


def _driver(question: Asked, middle: float) -> Iterator[dict[str, str]]:
    """Where a driver lies in the prioriteringsmatris, when that is planted."""
    if question.weight is None or 0 < question.weight < IMPORTANT:
        return
    is_low = question.levels[1] < middle
    important = ("prioritera", "Betyder mycket för helheten, och nivån är låg.") if is_low else (
        "vårda", "Betyder mycket för helheten, och nivån är hög.")  # fmt: skip
    lesser = "bevaka" if is_low else "lägre prioritet"
    word, comment = important if question.weight else (lesser, "Betyder inget för helheten.")
    yield _truth("T", word, 0.0, comment)


def _gap(question: Asked, effect: Effect, asked: Questionnaire) -> Iterator[dict[str, str]]:
    """The groups of ``effect`` now, and how that has changed; plus is to the group's favour."""
    first, last = (points / question.delta for points in effect.points)
    row = _group(effect, asked) | {"namnd": effect.namnd}
    sex = "K" if effect.by_sex else "T"
    if abs(last) >= CLEAR_GAP:
        yield _truth(sex, "ojämlik", last, effect.comment) | row
    if abs(last) - abs(first) >= CLEAR_GAP:
        yield _truth(sex, "växande gap", last - first, effect.comment) | row
    elif abs(first) - abs(last) >= CLEAR_GAP:
        yield _truth(sex, "minskande gap", last - first, effect.comment) | row


def _group(effect: Effect, asked: Questionnaire) -> dict[str, str]:
    """The group in the columns of ``sanningar.csv``; other groups stand as area, by name."""
    cells = {}
    for key, group in effect.group:
        is_own = key in ("alder", "omrade")
        name = group if is_own else f"{_background(asked, key)['namn']}: {group}"
        cells[key if is_own else "omrade"] = name
    return cells


def _truth(sex: str, word: str, size: float, comment: str) -> dict[str, str]:
    number = f"{size + 0.0:.1f}".replace(".", ",")
    return {"kon": sex, "sanning": word, "storlek": number, "kommentar": comment}
