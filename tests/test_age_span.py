"""Spans of age: their forms, and how narrow ones make up a wide one."""

import pytest

from kvalitetslib.age_span import OPEN, AgeSpan, parse_span, parts_of


@pytest.mark.parametrize(
    ("text", "first", "last", "shown"),
    [
        ("0–5", 0, 5, "0–5"),
        ("6-15", 6, 15, "6–15"),
        (" 16 – 18 ", 16, 18, "16–18"),
        ("80+", 80, OPEN, "80+"),
    ],
)
def test_a_span_is_read_with_either_dash(text: str, first: int, last: int, shown: str) -> None:
    span = parse_span(text)

    assert (span.first, span.last, str(span)) == (first, last, shown)


@pytest.mark.parametrize("text", ["", "80", "80-", "0 till 5", "15–6", "0–5 år"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="age"):
        parse_span(text)


def test_parts_are_the_widest_that_fit() -> None:
    known = [AgeSpan(0, 0), AgeSpan(0, 4), AgeSpan(5, 5), AgeSpan(5, 9), AgeSpan(0, OPEN)]

    assert parts_of(AgeSpan(0, 5), known) == (AgeSpan(0, 4), AgeSpan(5, 5))


def test_an_open_span_needs_an_open_part() -> None:
    known = [AgeSpan(80, 84), AgeSpan(85, 99)]

    assert parts_of(AgeSpan(80, OPEN), known) == ()
    assert len(parts_of(AgeSpan(80, OPEN), [*known, AgeSpan(100, OPEN)])) == 3


def test_a_gap_among_the_ages_gives_no_parts() -> None:
    assert parts_of(AgeSpan(0, 2), [AgeSpan(0, 0), AgeSpan(2, 2)]) == ()
