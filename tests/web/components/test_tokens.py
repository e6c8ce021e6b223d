"""Colours: every pair that the style puts together is legible, in both themes."""

from __future__ import annotations

import re

import pytest

from parvis.assets import COMPONENTS

TOKENS = (COMPONENTS / "styles" / "tokens.css").read_text(encoding="utf-8")
KINDS = ("challenge", "strength", "proposal")
TEXT = [
    *[
        (ink, paper)
        for ink in ("ink", "muted", "accent", "accent-strong", "danger", *KINDS)
        for paper in ("paper", "surface")
    ],
    *[(kind, f"{kind}-soft") for kind in (*KINDS, "danger")],
    *[("ink", soft) for soft in ("accent-soft", "waiting-soft", "danger-soft", "strength-soft", "line")],
    ("accent", "accent-soft"),
    ("accent", "strength-soft"),
    ("accent-strong", "accent-soft"),
    ("muted", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-danger", "danger"),
    ("on-waiting", "waiting"),
]
SIGNS = [("control-line", "paper"), ("control-line", "surface"), ("muted", "line"), ("accent", "line")]


def block(opening: str) -> dict[str, str]:
    """The custom properties of the first rule that follows `opening`."""
    body = TOKENS.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


LIGHT = block(":root {")
DARK = block(':root[data-theme="dark"] {')
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_known_colours() -> None:
    assert (round(contrast("#000000", "#FFFFFF")), round(contrast("#767676", "#FFFFFF"), 2)) == (21, 4.54)


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_legible(theme: dict[str, str]) -> None:
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_signs_and_borders_of_controls_are_visible(theme: dict[str, str]) -> None:
    ratios = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in SIGNS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_dark_by_wish_of_the_system_and_by_choice_are_the_same() -> None:
    assert block(':root:not([data-theme="light"]) {') == DARK


def test_dark_gives_a_value_to_every_colour_of_light() -> None:
    assert {name for name, value in LIGHT.items() if value.startswith(("#", "rgb"))} == set(DARK)


def test_styles_name_only_tokens_that_exist() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in (COMPONENTS / "styles").glob("*.css"))
    own = set(re.findall(r"--([\w-]+):", styles)) | {"gap", "notice", "notice-soft"}
    assert set(re.findall(r"var\(--([\w-]+)", styles)) - own == set()


def test_colours_are_written_in_tokens_and_print_only() -> None:
    painted = [
        path.name
        for path in sorted((COMPONENTS / "styles").glob("*.css"))
        if re.search(r"#[0-9A-Fa-f]{3,8}\b", path.read_text(encoding="utf-8"))
    ]
    assert painted == ["print.css", "tokens.css"]
