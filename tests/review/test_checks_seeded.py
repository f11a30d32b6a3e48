"""A thousand quotes of hidden words, spelled in every way, among words that only look like them; and how the work grows."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from review.checks.findings import FindingKind
from review.checks.folding import LOOK_ALIKES, normalised
from review.checks.matching import Work, common_words
from review.checks.run import run_checks
from tests.review.material import FULL, PARTNER, PUBLIC, REVIEWER, SnapshotBuilder, material_of, redaction

SEEDS = 1_000
A_CASE = 100  # quotes in one case
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "xo",
    "zu",
    "kra",
    "ple",
    "sti",
]
COMMON = ["the", "of", "in", "and", "that", "is", "by", "with", "which", "for", "it", "was"]
LIKE = {chr(plain): chr(odd) for odd, plain in LOOK_ALIKES.items()}
Draw = random.Random


def word(draw: Draw) -> str:
    """A word that nobody has used."""
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(3, 5)))


def sentence(draw: Draw, words: int) -> list[str]:
    """Words as prose has them: two of three are not common, and the first one is not."""
    return [word(draw) if i % 3 != 1 else draw.choice(COMMON) for i in range(words)]


def as_it_is(draw: Draw, words: str) -> str:
    return words


def other_case(draw: Draw, words: str) -> str:
    return "".join(c.upper() if draw.random() < 0.5 else c for c in words)


def other_spaces(draw: Draw, words: str) -> str:
    return "".join(draw.choice(["  ", "\u00a0", " \n", "\u2003", " — ", ", "]) if c == " " else c for c in words)


def look_alikes(draw: Draw, words: str) -> str:
    return "".join(LIKE.get(c, c) if draw.random() < 0.5 else c for c in words)


def full_width(draw: Draw, words: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c != " " and draw.random() < 0.5 else c for c in words)


def zero_width(draw: Draw, words: str) -> str:
    signs = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]
    return "".join(c + (draw.choice(signs) if draw.random() < 0.4 else "") for c in words[:-1]) + words[-1]


def accents(draw: Draw, words: str) -> str:
    return "".join(c + ("\u0301" if c.isalpha() and draw.random() < 0.3 else "") for c in words)


def hyphens(draw: Draw, words: str) -> str:
    parts = [
        (w[: len(w) // 2] + draw.choice(["-\n", "\u00ad\n", "-\n  ", "‐\n"]) + w[len(w) // 2 :]) for w in words.split()
    ]
    return " ".join(part if draw.random() < 0.5 else w for part, w in zip(parts, words.split(), strict=True))


def all_at_once(draw: Draw, words: str) -> str:
    for change in (other_case, look_alikes, hyphens, zero_width, other_spaces):
        words = change(draw, words)
    return words


SPELLINGS: list[Callable[[Draw, str], str]] = [
    as_it_is, other_case, other_spaces, look_alikes, full_width, zero_width, accents, hyphens, all_at_once,
]  # fmt: skip


def seeded(number: int) -> tuple[SnapshotBuilder, dict[str, str]]:
    """A case with a hundred hidden sentences and a hundred claims that quote one each: claim → redaction."""
    draw = Draw(number)
    refs = [f"{a}{b}" for a in "23456789AB" for b in "23456789AB"]
    built, quoted = SnapshotBuilder(*(redaction(f"R-XX{ref}") for ref in refs)), {}
    for i, ref in enumerate(refs[:A_CASE]):
        hidden = sentence(draw, draw.randint(4, 20))
        first = draw.randrange(0, len(hidden) - 3)
        taken = hidden[first : draw.randint(first + 4, len(hidden))]
        quote = SPELLINGS[(number + i) % len(SPELLINGS)](draw, " ".join(taken))
        built.section(f"S-XX{ref}", word(draw), f"{word(draw)} [[R-XX{ref} {' '.join(hidden)}]] {word(draw)}.")
        built.claim(f"C-XX{ref}", f"{' '.join(sentence(draw, 5))} {quote} {' '.join(sentence(draw, 5))}.")
        quoted[f"C-XX{ref}"] = f"R-XX{ref}"
    return built, quoted


@pytest.mark.parametrize("number", range(SEEDS // A_CASE))
def test_every_seeded_quote_is_found_and_nothing_else(number: int) -> None:
    built, quoted = seeded(number)
    findings = [one for one in run_checks(material_of(built.snapshot(), PUBLIC)) if one.kind is FindingKind.QUOTE]
    assert {one.ref: one.redaction_ref for one in findings} == quoted
    hidden = {ref: normalised(place.split("]]")[0]) for ref, place in _hidden(built).items()}
    assert all(
        normalised(one.words) and _squeezed(one.words) in hidden[one.redaction_ref].replace(" ", "") for one in findings
    )


def _hidden(built: SnapshotBuilder) -> dict[str, str]:
    from prose.inside import document_of  # the test may look behind the wall here only

    leaves = [leaf for section in built.sections for leaf in document_of(section.body).leaves()]
    return {ref: leaf.text for leaf in leaves for ref in leaf.refs()}


def _squeezed(words: str) -> str:
    return normalised(words).replace(" ", "")


def test_three_words_and_common_words_of_a_thousand_sentences_are_no_quotes() -> None:
    draw = Draw(7)
    built = SnapshotBuilder(redaction("R-AAAA"))
    hidden = [sentence(draw, 12) + draw.choices(COMMON, k=6) for _ in range(SEEDS)]
    built.section("S-AAAA", "Hidden", "\n\n".join(f"[[R-AAAA {' '.join(words)}]]" for words in hidden))
    near = [f"{word(draw)} {' '.join(words[:3])} {word(draw)} {' '.join(words[-4:])} {word(draw)}." for words in hidden]
    built.section("S-BBBB", "Near", "\n\n".join(near))
    assert set(COMMON) <= common_words()
    assert not any(one.stops for one in run_checks(material_of(built.snapshot(), PUBLIC)))


def bench_case(times: int) -> SnapshotBuilder:
    """About 25,000 words and 60 redactions, and so many times that."""
    draw = Draw(times)
    stock = [word(draw) for _ in range(3_000)]
    refs = [f"R-{i:05}".translate(str.maketrans("01", "AB")) for i in range(60 * times)]
    built = SnapshotBuilder(*(redaction(ref) for ref in refs))
    for i in range(60 * times):
        words = [draw.choice(stock) if draw.random() < 0.6 else draw.choice(COMMON) for _ in range(400)]
        words[100:112] = [f"[[{refs[i]} {' '.join(words[100:112])}]]"]
        built.section(f"S-{i:04}".replace("0", "A").replace("1", "B"), word(draw), " ".join(words))
    return built


def test_work_of_the_check_grows_with_the_case_and_not_with_its_square() -> None:
    costs = []
    for times in (1, 4):
        work = Work()
        run_checks(material_of(bench_case(times).snapshot(), FULL, REVIEWER, PUBLIC, PARTNER), work)
        costs.append(work.asked + work.grown)
    assert costs[1] / costs[0] < 4.5
