"""The look keeps its promises: every pair of colours in use is AA, and no colour or size stands outside the tokens."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media", 1)
WORDS = 4.5  # WCAG 2.2, 1.4.3
SIGNS = 3.0  # WCAG 2.2, 1.4.11

GROUNDS = ("ok-soft", "warn-soft", "bad-soft", "mark-soft", "mark-hatch", "said-solid", "accent-line")
PAIRS = [
    *[
        (ink, ground, WORDS)
        for ink in ("ink", "ink-2", "ink-3", "accent")
        for ground in ("paper", "panel", "accent-soft")
    ],
    *[(name, ground, WORDS) for name in ("ok", "warn", "bad", "mark") for ground in (f"{name}-soft", "paper", "panel")],
    *[("ink", ground, WORDS) for ground in GROUNDS],
    *[("on-face", f"face-{number}", WORDS) for number in (1, 2, 3, 4)],
    ("on-accent", "accent", WORDS),
    ("redact-text", "redact", WORDS),
    ("redact-rule", "redact", SIGNS),
    ("edge", "paper", SIGNS),
    ("edge", "panel", SIGNS),
    ("redact-edge", "paper", SIGNS),
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("scheme", "named"), [("light", colours(LIGHT)), ("dark", colours(LIGHT) | colours(DARK))])
def test_every_pair_of_colours_has_enough_contrast(scheme: str, named: dict[str, str]) -> None:
    found = [(ink, ground, contrast(named[ink], named[ground]), need) for ink, ground, need in PAIRS]
    weak = [(ink, ground, round(got, 2)) for ink, ground, got, need in found if got < need]
    assert (scheme, weak, len(PAIRS) > 30) == (scheme, [], True)


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_and_sizes_are_tokens(path: Path) -> None:
    if path.name in {"tokens.css", "fonts.css", "print.css"}:  # print.css speaks of paper, in millimetres and points
        assert path.read_text()
        return
    css = re.sub(r"/\*.*?\*/|@media[^{]*", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(|(?<![\w.-])[\d.]+(?:px|rem|pt)\b", css) == []


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_every_token_that_is_used_exists(path: Path) -> None:
    known = set(re.findall(r"(--[\w-]+):", TOKENS))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= known
