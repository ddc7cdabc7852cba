"""The policy of a page lets in what stands in it, and nothing else."""

import base64
import hashlib
import re

from example_report import example_report

from kvalitetslib.render import CHAPTERS, page
from kvalitetslib.render.head import Head, policy

PAGE = page([each(example_report()) for each in CHAPTERS], title="Titel")


def checksums(kind: str) -> list[str]:
    inside = re.findall(f"<{kind}[^>]*>(.*?)</{kind}>", PAGE, flags=re.S)
    digests = (hashlib.sha256(each.encode()).digest() for each in inside)
    return [f"'sha256-{base64.b64encode(each).decode()}'" for each in digests]


def allowed(kind: str) -> list[str]:
    return re.findall(rf"{kind}-src ([^;\"]*)", PAGE)[0].split()


def test_every_style_of_the_page_is_let_in_by_its_checksum() -> None:
    assert allowed("style") == checksums("style")


def test_the_script_of_the_page_is_let_in_by_its_checksum() -> None:
    assert allowed("script") == checksums("script")


def test_no_element_has_a_style_of_its_own_that_the_policy_would_stop() -> None:
    assert re.findall(r"<[^>]* (?:style|on\w+)=", PAGE.split("</head>")[1]) == []


def test_a_document_without_script_lets_none_in() -> None:
    assert "script-src 'none'" in policy(["<style>p {}</style>"])


def test_a_hostile_title_is_inert_in_the_head() -> None:
    assert "<title>&lt;/title&gt;&lt;script&gt;</title>" in Head("</title><script>", ()).__html__()
