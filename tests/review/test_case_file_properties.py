"""Any case file comes back as it was; any spoilt one is refused in one sentence, or is another case file."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import event, given, settings
from hypothesis import strategies as st

from review.case_file.checking import checked
from review.case_file.export import canonical_bytes, export_case
from review.case_file.faults import BadCaseFile
from review.case_file.reading import read_bytes
from review.case_file.writing import import_case
from tests.case_builder import CaseBuilder
from tests.review.test_case_file import full_case

Raw = dict[str, Any]
FEWER = settings(max_examples=settings.default.max_examples // 4)  # each writes two cases
TOKENS = st.sampled_from(
    ["words", " ", "🐤", "a\u0301", "\u2028", "<b>", "{C-2A2}", "[[R-2A2 hidden]]", "[[R-2A2,R-3A3 both]]", "\n\n"]
)
WORDS = st.lists(TOKENS, max_size=6).map("".join)
LINES = WORDS.map(lambda words: words.replace("\n\n", ""))
LEVELS = st.sampled_from(["low", "medium", "high", None])
DAYS = st.dates().map(str) | st.none()


@st.composite
def case_files(draw: st.DrawFn) -> Raw:
    """A small case file, canonical but for its spelling."""
    build = CaseBuilder("K-ANY")
    build.redaction("R-2A2", note=draw(st.text(max_size=5).filter(_storable)))
    target = st.sampled_from(
        [None, {"kind": "attribute", "ref": "C-2A2", "name": "kind"}, {"kind": "link", "ref": "L-2A2"}]
    )
    build.redaction(
        "R-3A3", instead=draw(st.dictionaries(st.sampled_from(["full", "public"]), LINES)), target=draw(target)
    )
    claims = [f"C-{number}A{number}" for number in range(2, 2 + draw(st.integers(1, 4)))]
    for ref in claims:
        build.claim(ref, draw(LINES), draw(WORDS), grade=draw(st.sampled_from(["strong", None])))
    build.pathway("P-2A2", draw(LINES), draw(WORDS), complexity=draw(LEVELS), confidence=draw(LEVELS))
    links = [("P-2A2", claims[0]), *draw(_links_downwards(claims))]
    for number, (start, end) in enumerate(links):
        build.support(f"L-{_code(number)}", start, end, draw(LINES))
    build.evidence("E-2A2", draw(LINES), draw(WORDS), as_of=draw(DAYS), relied_on=draw(st.booleans()))
    for number, ref in enumerate(draw(st.lists(st.sampled_from(claims), max_size=3))):
        build.bearing(f"B-{_code(number)}", "E-2A2", ref)
    for name in ("claims", "supports", "redactions", "audiences"):
        build.file[name] = draw(st.permutations(build.file[name]))
    return build.file


def _storable(words: str) -> bool:
    return not any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in words)


def _code(number: int) -> str:
    return f"{2 + number % 8}A{2 + number // 8}"


@st.composite
def _links_downwards(draw: st.DrawFn, claims: list[str]) -> list[tuple[str, str]]:
    pairs = [(start, end) for index, start in enumerate(claims) for end in claims[index + 1 :]]
    return draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []


@pytest.mark.django_db
@given(case_files())
@FEWER
def test_any_case_file_comes_back_as_the_same_bytes(raw: Raw) -> None:
    with transaction.atomic():
        once = export_case(case_id=import_case(case_file=checked(read_bytes(json.dumps(raw).encode())), as_new=True))
        assert once == canonical_bytes(_merged(raw))
        assert export_case(case_id=import_case(case_file=checked(read_bytes(once)), as_new=True)) == once
        transaction.set_rollback(True)


def _merged(raw: Any) -> Any:
    """Equal neighbours joined, written apart from the product."""
    if isinstance(raw, dict):
        return {key: _merged(value) for key, value in raw.items()}
    if not isinstance(raw, list):
        return raw
    out: list[Any] = []
    for one in map(_merged, raw):
        same = out and isinstance(one, dict) and "text" in one and {**out[-1], "text": ""} == {**one, "text": ""}
        if same:
            out[-1]["text"] += one["text"]
        else:
            out.append(one)
    return out


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "ref"]), inner),
    max_leaves=5,
)


def _places(raw: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a file."""
    keys = list(raw) if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else []
    return [pair for key in keys for pair in ((raw, key), *_places(raw[key]))]


@given(st.data())
def test_any_spoilt_case_file_is_refused_in_one_sentence_or_is_another_one(data: st.DataObject) -> None:
    file = copy.deepcopy(full_case())
    there = _places(file)
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = there[data.draw(st.integers(0, len(there) - 1))]
        other_container, other_key = there[data.draw(st.integers(0, len(there) - 1))]
        other = copy.deepcopy(other_container[other_key]) if other_key in _keys(other_container) else None
        value = data.draw(st.just(other) | ANYTHING)
        if key in _keys(container):
            container[key] = value
    said = _refusal(json.dumps(file).encode())
    event("refused" if said else "taken")
    assert "\n" not in said
    assert len(said) < 400


def _refusal(raw: bytes) -> str:
    """What is said of these bytes; nothing if they are a case file. No other exception may come out."""
    try:
        checked(read_bytes(raw))
    except BadCaseFile as bad:
        return str(bad)
    return ""


def _keys(container: Any) -> Any:
    return container if isinstance(container, dict) else range(len(container))


@given(st.integers(0), st.binary(min_size=1, max_size=4))
def test_any_spoilt_bytes_are_refused_in_one_sentence_or_are_another_file(where: int, junk: bytes) -> None:
    good = canonical_bytes(full_case())
    place = where % len(good)
    said = _refusal(good[:place] + junk + good[place + 1 :])
    assert "\n" not in said
