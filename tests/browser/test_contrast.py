"""Contrast of the style sheets' colours, by WCAG 2.2: 4.5 for text and 3 for what a chart shows."""

import re
from itertools import product

import pytest
from checked_pages import good_pages

TEXT, GRAPHIC = 4.5, 3.0
SCHEMES = ("light", "dark", "print")
GROUNDS = ("--paper", "--ground")
PAIRS = (
    ("--band-ink", "--band"),
    ("--on-ink", "--on"),
    ("--paper", "--deep"),
    ("--ink", "--accent-soft"),
    ("--ink", "--good-soft"),
)
# Colours that bear nothing alone: what they show also stands in words or in another mark.
BESIDES = {
    "grid": "the values stand at the axis",
    "frame": "a border around words",
    "shade": "the row that the title names",
    "normal": "its limits are lines of their own",
    "hatch": "a pattern upon a part that is seen",
}
Colour = tuple[float, float, float]


def css() -> str:
    return re.sub(r"/\*.*?\*/", "", "".join(re.findall("<style>(.*?)</style>", _page(), re.S)))


def _page() -> str:
    return re.sub(r"\s+", " ", good_pages()["rik"])


def tokens(scheme: str) -> dict[str, str]:
    """Name to hex of the page's custom properties in light, dark or print."""
    light, dark, paper = re.findall(r"\.kv \{ (--ink: [^}]*)\}", css())
    over = {"light": "", "dark": dark, "print": paper}[scheme]
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6})", light + over))


def colour(hex: str) -> Colour:
    digits = hex[1:] if len(hex) == 7 else "".join(2 * each for each in hex[1:])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def over(front: Colour, back: Colour, opacity: float) -> Colour:
    red, green, blue = (opacity * a + (1 - opacity) * b for a, b in zip(front, back, strict=True))
    return red, green, blue


def contrast(a: Colour, b: Colour) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    dark, light = sorted((_luminance(a), _luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(of: Colour) -> float:
    parts = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in of]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def rules() -> list[tuple[str, dict[str, str]]]:
    """Selector and declarations outside @media, one selector at a time."""
    plain = re.sub(r"@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css())
    return [
        (selector.strip(), dict(re.findall(r"([\w-]+): ([^;]+?) *(?:;|$)", body)))
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain)
        for selector in selectors.split(",")
    ]


def marks() -> dict[str, dict[str, str]]:
    """Classes of a chart's marks to the declarations that meet in them; text is not a mark."""
    own = [
        (each.removeprefix(".diagram "), words)
        for each, words in rules()
        if re.fullmatch(r"\.diagram (\.[\w-]+)+", each)
    ]
    named = {key: set(key[1:].split(".")) for key, _ in own}
    merged: dict[str, dict[str, str]] = {}
    for key, classes in named.items():
        met = [words for other, words in own if named[other] <= classes]
        merged[key] = {name: value for words in met for name, value in words.items()}
    return {key: words for key, words in merged.items() if "var(" in str(words)}


def seen(words: dict[str, str], scheme: str) -> float:
    """The better contrast of a mark's line and of its surface against the paper."""
    known = tokens(scheme)
    paper = colour(known["--paper"])
    ratios = [1.0]
    for part in ("fill", "stroke"):
        if found := re.fullmatch(r"var\((--[\w-]+)\)", words.get(part, "")):
            opacity = float(words.get("opacity", 1)) * float(words.get(f"{part}-opacity", 1))
            ratios.append(contrast(over(colour(known[found[1]]), paper, opacity), paper))
    return max(ratios)


def test_black_on_white_is_21_and_the_grey_of_wcag_is_just_enough() -> None:
    assert contrast(colour("#000"), colour("#fff")) == pytest.approx(21)
    assert contrast(colour("#767676"), colour("#fff")) == pytest.approx(4.54, abs=0.005)


def test_the_style_sheets_are_read() -> None:
    assert {".band.own", ".answer.s4", ".other", ".line.own"} <= set(marks())
    assert tokens("dark")["--soft"] != tokens("light")["--soft"] != tokens("print")["--soft"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_contrast_on_paper_and_ground(scheme: str) -> None:
    known = tokens(scheme)
    texts = set(re.findall(r"(?<![\w-])color: var\((--[\w-]+)\)", css()))
    texts |= {
        name
        for key, words in rules()
        if "text" in key
        for name in re.findall(r"var\((--[\w-]+)\)", words.get("fill", ""))
    }
    texts -= {"--band-ink", "--on-ink", "--tone", "--paper"}
    low = [
        (text, ground)
        for text, ground in product(sorted(texts), GROUNDS)
        if contrast(colour(known[text]), colour(known[ground])) < TEXT
    ]
    assert {"--ink", "--soft", "--deep", "--accent"} <= texts
    assert low == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tones_of_findings_can_be_read(scheme: str) -> None:
    known = tokens(scheme)
    tones = set(re.findall(r"--tone: var\((--[\w-]+)\)", css()))
    low = [
        each
        for each in tones
        for ground in GROUNDS
        if contrast(colour(known[each]), colour(known[ground])) < TEXT
    ]
    assert len(tones) == 4
    assert low == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_contrast_on_its_own_ground(scheme: str, text: str, ground: str) -> None:
    known = tokens(scheme)
    assert contrast(colour(known[text]), colour(known[ground])) >= TEXT


def test_text_in_colours_of_its_own_has_contrast() -> None:
    named = [(words.get("color", ""), words.get("background", "")) for _, words in rules()]
    pairs = [each for each in named if all(part.startswith("#") for part in each)]
    assert len(pairs) >= 2
    assert [each for each in pairs if contrast(colour(each[0]), colour(each[1])) < TEXT] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_number_can_be_read_on_every_part_of_a_bar_of_answers(scheme: str) -> None:
    known = tokens(scheme)
    paper, ink = colour(known["--paper"]), colour(known["--ink"])
    strengths = [
        float(words["fill-opacity"])
        for key, words in rules()
        if re.fullmatch(r"\.diagram \.answer\.s\d", key)
    ]
    low = [
        (tone, each)
        for tone, each in product(("--deep", "--good", "--accent"), strengths)
        if contrast(ink, over(colour(known[tone]), paper, each)) < TEXT
    ]
    assert len(strengths) == 4
    assert low == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_of_a_chart_is_seen(scheme: str) -> None:
    weak = {
        key: round(ratio, 2)
        for key, words in marks().items()
        if (ratio := seen(words, scheme)) < GRAPHIC and not set(key[1:].split(".")) & set(BESIDES)
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["--paper", "--ground", "--band"])
def test_focus_is_seen(scheme: str, ground: str) -> None:
    known = tokens(scheme)
    assert contrast(colour(known["--focus"]), colour(known[ground])) >= GRAPHIC
