"""What the cells of a fork show is taken in as nbclient takes it in, only sooner."""

from typing import Any

import pytest
from nbformat.v4 import output_from_msg
from nbformat.validator import ValidationError

from kvalitetslib.batch.cells import is_plain_value

PLAIN: tuple[dict[str, Any], ...] = (
    {},
    {"text/plain": "1"},
    {"text/html": "<b>å</b>\n", "text/plain": ""},
    {"application/json": [1, {"a": None}], "application/vnd.egen.v1+json": 3.5},
)
ODD: tuple[dict[str, Any], ...] = (
    {"text/plain": ["1", "2"]},
    {"text/html": None},
    {"text/plain": "1", "image/png": 5},
    {"application/javascript": {"a": 1}},
)


def _said(data: dict[str, Any], kind: str = "execute_result") -> dict[str, Any]:
    content = {"data": data, "metadata": {"alt": "x"}, "execution_count": 3}
    return {"msg_type": kind, "header": {"msg_type": kind}, "content": content}


@pytest.mark.parametrize("data", PLAIN)
def test_a_plain_value_stands_the_check_of_nbformat(data: dict[str, Any]):
    assert is_plain_value(_said(data))
    assert output_from_msg(_said(data)).data == data


@pytest.mark.parametrize("data", ODD)
def test_other_values_are_left_to_nbclient(data: dict[str, Any]):
    assert not is_plain_value(_said(data))


def test_some_values_that_are_left_are_refused_by_nbformat():
    with pytest.raises(ValidationError):
        output_from_msg(_said({"text/html": None}))


def test_what_is_displayed_is_left_to_nbclient():
    assert not is_plain_value(_said({"text/plain": "1"}, "display_data"))
