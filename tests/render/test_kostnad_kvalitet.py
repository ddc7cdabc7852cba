"""Cost beside quality on the page: one sentence a pair, no praise of a cost, and its numbers."""

import re
from dataclasses import replace

import pytest
from example_report import example_report

from kvalitetslib.catalogue import catalogue
from kvalitetslib.context import CostQuality, FourField, Move, QualityPart
from kvalitetslib.render.chapters import kostnad_kvalitet
from kvalitetslib.render.sentences.costs import VERDICTS, headline, pair_sentence
from kvalitetslib.report import Verdict
from kvalitetslib.report_json import from_json, to_json

REPORT = example_report()
HOSTILE = "<script>x</script>{{ 7*7 }}\"'&"
KNOWN = catalogue().indicators


def part(id: str = "N09807", change: float = 0.4, *, has_fallen: bool = False) -> QualityPart:
    return QualityPart(
        KNOWN[id], 5.2, 5.4, change, change - 0.8, change + 0.8, has_fallen=has_fallen
    )


def pair(
    quality_moved: Move = Move.HELD,
    cost_moved: Move = Move.LOWER,
    field: FourField = FourField.GAIN,
    **changes: object,
) -> CostQuality:
    made = CostQuality(
        name="Biblioteken",
        field=field,
        quality_move=quality_moved,
        cost_move=cost_moved,
        before=("2021", "2023"),
        now=("2024", "2025"),
        quality=0.55,
        quality_low=0.01,
        quality_high=1.1,
        parts=(part(), part("N09809", 0.7)),
        quality_indicators=("N09807", "N09809", "N09811"),
        cost_indicator=KNOWN["N09026"],
        cost_before=558.6,
        cost_now=477.2,
        cost=-14.5,
        cost_low=-19.6,
        cost_high=-9.0,
        cost_relevant=4.5,
        peers="liknande kommuner",
        members=6,
        peers_cost=-0.3,
        source="Kolada; egen bearbetning",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


CARE = pair(
    Move.HELD,
    Move.HIGHER,
    FourField.DEARER,
    name="Äldreomsorgen",
    cost_indicator=KNOWN["N20900"],
    cost_before=-5.9,
    cost_now=1.7,
    cost=7.6,
    cost_low=4.9,
    cost_high=10.4,
    peers="",
    members=0,
    peers_cost=None,
)


def text_of(*pairs: CostQuality) -> str:
    html = kostnad_kvalitet(replace(REPORT, costs=pairs)).html
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", html))


@pytest.mark.parametrize(
    ("quality", "cost", "sentence"),
    [
        (Move.HELD, Move.LOWER, "kvaliteten är bibehållen och kostnaden har sjunkit {beside}."),
        (Move.HIGHER, Move.LOWER, "kvaliteten är högre och kostnaden har sjunkit {beside}."),
        (Move.HIGHER, Move.HIGHER, "kvaliteten är högre och kostnaden har stigit {beside}."),
        (Move.HELD, Move.HIGHER, "kvaliteten är bibehållen och kostnaden har stigit {beside}."),
        (
            Move.LOWER,
            Move.HELD,
            "kvaliteten är lägre och kostnaden är i stort sett oförändrad {beside}.",
        ),
        (
            Move.HELD,
            Move.UNDECIDED,
            "kvaliteten är bibehållen. Det går inte att avgöra om kostnaden har ändrats {beside}.",
        ),
        (
            Move.UNDECIDED,
            Move.LOWER,
            "det går inte att avgöra om kvaliteten är bibehållen. Kostnaden har sjunkit {beside}, "
            "men det bedöms inte utan kvaliteten.",
        ),
        (
            Move.UNDECIDED,
            Move.UNDECIDED,
            "det går inte att avgöra om kvaliteten är bibehållen. Det går inte heller att avgöra "
            "om kostnaden har ändrats {beside}.",
        ),
    ],
)
def test_a_sentence_tells_both_quality_and_cost(quality: Move, cost: Move, sentence: str) -> None:
    beside = "jämfört med liknande kommuner"
    assert pair_sentence(pair(quality, cost)) == f"Biblioteken: {sentence.format(beside=beside)}"


def test_a_deviation_is_beside_what_is_expected_and_a_lonely_cost_in_current_prices() -> None:
    assert pair_sentence(CARE).endswith("stigit jämfört med vad som är väntat för kommunen.")
    assert pair_sentence(pair(peers="", peers_cost=None)).endswith("sjunkit i löpande priser.")


def test_the_part_that_has_fallen_is_named() -> None:
    fallen = pair(
        Move.UNDECIDED,
        field=FourField.UNDECIDED,
        parts=(part(), part("N09809", -2, has_fallen=True)),
    )

    assert pair_sentence(fallen).startswith(
        "Biblioteken: kvaliteten kallas inte bibehållen. ”Aktiva låntagare” har försämrats. "
    )
    assert "har försämrats" in text_of(fallen)


@pytest.mark.parametrize("cost", Move)
def test_a_cost_alone_is_never_praised(cost: Move) -> None:
    told = pair(Move.UNDECIDED, cost, FourField.UNDECIDED)
    html = kostnad_kvalitet(replace(REPORT, costs=(told,))).html

    assert VERDICTS[told.field] is Verdict.UNDECIDED
    assert 'class="bed better"' not in html
    assert 'class="bed undecided"' in html


def test_every_field_has_its_sign_and_only_held_or_better_quality_is_good() -> None:
    good = {field for field, verdict in VERDICTS.items() if verdict is Verdict.BETTER}

    assert set(VERDICTS) == set(FourField)
    assert good == {FourField.GAIN, FourField.BETTER}


def test_the_heading_counts_the_gains() -> None:
    assert headline((pair(), CARE)).startswith("En av två tjänster har högre eller bibehållen")
    assert headline((CARE, CARE)).startswith("Ingen av två tjänster")
    assert pair_sentence(CARE).startswith(f"{headline((CARE,))}.")


def test_the_chapter_tells_numbers_intervals_years_and_source() -> None:
    text = text_of(pair(), CARE).replace("\u00a0", " ")
    wanted = (
        "−14,5 %",
        "(−19,6 till −9,0)",
        "+7,6 procentenheter",
        "+0,6",
        "559 → 477 kronor per invånare",
        "−5,9 → 1,7 %",
        "liknande kommuner −0,3 %",
        "från 2021–2023 till 2024–2025, 2 av 3 mått",
        "Källa: Kolada; egen bearbetning.",
        "Högre eller bibehållen kvalitet till lägre kostnad",
        "prisökningar som alla har inte räknas",
        "Nettokostnadsavvikelsen är",
        "Biblioteksbesök",
    )
    assert [each for each in wanted if each not in text] == []


def test_only_the_ways_of_counting_that_were_used_are_told() -> None:
    assert "Nettokostnadsavvikelsen" not in text_of(pair())
    assert "löpande priser" not in text_of(pair(), CARE)
    assert "löpande priser" in text_of(pair(peers="", peers_cost=None))


def test_pairs_of_different_years_have_them_in_the_table() -> None:
    text = text_of(pair(), replace(CARE, now=("2023", "2023"), before=("2020", "2022")))

    assert "Ändring mellan åren i tabellen" in text
    assert "från 2020–2022 till 2023" in text


def test_without_a_pair_the_chapter_is_one_line() -> None:
    assert "Data saknas: inget mått på kvalitet" in text_of()
    assert "Kostnaden säger inget ensam" not in text_of()


def test_nothing_is_said_of_causes() -> None:
    text = text_of(pair(), CARE, pair(Move.UNDECIDED, Move.LOWER, FourField.UNDECIDED))

    assert re.findall(r"beror på|tack vare|på grund av|leder till|eftersom|därför", text) == []


def test_hostile_names_are_inert() -> None:
    indicator = replace(KNOWN["N09026"], title=HOSTILE)
    hostile = pair(name=HOSTILE, peers=HOSTILE, source=HOSTILE, cost_indicator=indicator)
    html = kostnad_kvalitet(replace(REPORT, costs=(hostile, CARE))).html

    assert "<script" not in html


def test_pairs_are_saved_with_the_report_without_loss() -> None:
    report = replace(REPORT, costs=(pair(), CARE))

    assert from_json(to_json(report)) == report
