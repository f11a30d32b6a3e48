"""A bad case file: one sentence that names the file, the fault and the place; nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from pathways.cycles import first_cycle
from review.case_file.checking import checked
from review.case_file.export import canonical_bytes
from review.case_file.faults import BadCaseFile
from review.case_file.reading import LARGEST, read_bytes
from tests.review.test_case_file import full_case, node, redacted, words

Raw = dict[str, Any]
Change = Callable[[Raw], object]
GOOD = canonical_bytes(full_case())


def rows() -> dict[str, int]:
    """How many rows every table of ours holds."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label: model._default_manager.count() for model in models}


def refusal(path: Path, *options: str) -> str:
    """What the command says; nothing may be written meanwhile."""
    before = rows()
    with pytest.raises(CommandError) as refused:
        call_command("import_case", str(path), *options)
    assert rows() == before
    said = str(refused.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert said.isprintable()
    return said.removeprefix(f"{path}: ")


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[bytes], str]:
    """What is said of these bytes."""

    def said_of(raw: bytes) -> str:
        path = tmp_path / "bad.json"
        path.write_bytes(raw)
        return refusal(path)

    return said_of


def nested(depth: int) -> bytes:
    """The full case with a text so deep."""
    deep = b'{"type":"blockquote","content":[' * depth + b"]}" * depth
    return GOOD.replace(b'"Scope"', b'"Scope", "deep": ' + deep)


BYTES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "line 1, column 1: not valid JSON: Expecting value; the file seems to be cut short"),
    "truncated": (
        GOOD[: GOOD.index(b"Sabotage") + 3],
        "not valid JSON: Unterminated string starting at; the file seems to be cut short",
    ),
    "truncated between tokens": (GOOD[:-3], "the file seems to be cut short"),
    "not an object": (b"[1, 2]", "not a case file: its format is not 'safetycase-case'"),
    "another format": (b'{"format": "x"}', "not a case file: its format is not 'safetycase-case'"),
    "unknown version": (GOOD.replace(b'"version": 3', b'"version": 1'), "version 1 is not known"),
    "version of another type": (GOOD.replace(b'"version": 3', b'"version": true'), "version True is not known"),
    "not UTF-8": (GOOD.replace(b"Sabotage", b"Sab\xffotage"), "not UTF-8 (byte "),
    "UTF-16": (GOOD.decode().encode("utf-16"), "line 1: not UTF-8 (byte 0)"),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD, "not valid JSON: Unexpected UTF-8 BOM"),
    "a key twice": (GOOD.replace(b'"state":', b'"state": "draft",\n"state":', 1), "the key 'state' stands twice"),
    "half a pair": (
        GOOD.replace(b"Sabotage", b"\\ud800"),
        "case/scope/content/content[0]/content[0]/text: a character that can't be stored",
    ),
    "half a pair in a key": (GOOD.replace(b'"version"', b'"\\udfff": 1, "version"'), "a character that can't be"),
    "half a pair in a link": (GOOD.replace(b"a?b=c", b"\\ud83d"), "attrs/href: a character that can't be stored"),
    "NUL": (GOOD.replace(b"private reason", b"\\u0000", 1), "redactions[0]/reason: a character that can't be stored"),
    "bare control character": (GOOD.replace(b"Sabotage", b"\x00"), "not valid JSON: Invalid control character"),
    "not a number": (GOOD.replace(b'"version": 3', b'"version": NaN'), "not valid JSON: NaN is no number"),
    "a number of 5,000 digits": (b'{"version": ' + b"9" * 5000 + b"}", "not valid JSON: a number that is too long"),
    "nested 10,000 deep": (nested(10_000), "nested more than 100 deep"),
    "nothing but brackets": (b"[" * 10_000_000, "line 1: nested more than 100 deep"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("raw", "said"), BYTES.values(), ids=BYTES.keys())
def test_bytes_are_refused(raw: bytes, said: str, bad: Callable[[bytes], str]) -> None:
    assert said in bad(raw)


def statement(*content: Raw) -> Change:
    """The first claim's statement becomes that."""
    return lambda file: file["claims"][0]["statement"].update(content=node("doc", *content))


def argument(*content: Raw) -> Change:
    """The first pathway's argument becomes that."""
    return lambda file: file["pathways"][0]["argument"].update(content=node("doc", *content))


def put(value: object, *path: str | int) -> Change:
    """Something else stands there."""

    def change(file: Any) -> None:
        for step in path[:-1]:
            file = file[step]
        file[path[-1]] = value

    return change


def gone(*path: str | int) -> Change:
    """Nothing stands there."""

    def change(file: Any) -> None:
        for step in path[:-1]:
            file = file[step]
        del file[path[-1]]

    return change


def support(ref: str, start: str, end: str) -> Change:
    """One more support."""

    def change(file: Raw) -> None:
        text = {"key": "t-" + ref[-1].lower() * 16, "content": {"type": "doc"}}
        file["supports"].append({"ref": ref, "from": start, "to": end, "role": "context", "reason": text})

    return change


PARAGRAPH = node("paragraph", words("words"))
ARGUMENT = "pathways[0] (P-AAAA), argument: "
STATEMENT = "claims[0] (C-AAAA), statement: "
FIRST = "redactions[0] (R-AAAA), "
FILES: list[tuple[Change, str]] = [
    # keys
    (gone("claims"), "the key 'claims' is missing"),
    (put([], "comments"), "unknown key 'comments'"),
    (gone("claims", 1, "grade"), "claims[1] (C-BBBB): the key 'grade' is missing"),
    (put(1, "claims", 1, "mood"), "claims[1] (C-BBBB): unknown key 'mood'"),
    (put(1, "claims", 1, "owner"), "claims[1] (C-BBBB), owner: 1 is not a key such as all_staff"),
    (put("nobody", "claims", 1, "owner"), "claims[1] (C-BBBB), owner: nobody is not in the file"),
    (put(["G-ZZZZ"], "claims", 1, "tags"), "claims[1] (C-BBBB), tags: G-ZZZZ is not in the file"),
    (put(["moon"], "case", "contexts"), "case, contexts: 'moon' is none of internal, external, third_party"),
    (put("soon", "redactions", 0, "decide_again"), FIRST + "decide_again: 'soon' is not a date such as '2025-08-20'"),
    (
        put([{"key": "f-1", "data": ""}], "files"),
        "files[0], key: 'f-1' is not a file key such as 'f-' and 16 characters",
    ),
    (put([{"key": "f-abcdefghjkmnpqrs", "data": "?"}], "files"), "files[0], data: must be base64"),
    (put([{"key": "f-abcdefghjkmnpqrs", "data": "R0lGODlh"}], "files"), "files[0], data: "),
    (put({}, "claims"), "claims: must be a list"),
    (put("C-AAAA", "claims", 0), "claims[0]: must be an object"),
    (put(None, "case"), "case: must be an object"),
    # values
    (
        put("dreadful", "case", "rating"),
        "case, rating: 'dreadful' is none of negligible, very_low, low, moderate, high",
    ),
    (put(None, "claims", 0, "kind"), "claims[0] (C-AAAA), kind: None is none of capability"),
    (put(["low"], "case", "rating"), "case, rating: ['low'] is none of"),
    (put(1, "case", "rehearsal"), "case, rehearsal: must be true or false"),
    (put("20260131", "case", "coverage_date"), "case, coverage_date: '20260131' is not a date such as '2025-08-20'"),
    (put("2026-02-29", "evidence", 0, "as_of"), "evidence[0] (E-AAAA), as_of: '2026-02-29' is not a date"),
    (put("", "people", 0, "name"), "people[0] (ada), name: must be 1 to 200 characters long"),
    (put("x" * 201, "people", 0, "role"), "people[0] (ada), role: must be 1 to 200 characters long"),
    (put("Ada L", "people", 0, "key"), "people[0], key: 'Ada L' is not a key such as all_staff"),
    (put(7, "redactions", 0, "note"), FIRST + "note: must be words"),
    # references and text keys
    (put("C-1", "claims", 0, "ref"), "claims[0], ref: 'C-1' is not a reference that begins with C-"),
    (put("P-CCCC", "claims", 0, "ref"), "claims[0] (P-CCCC), ref: 'P-CCCC' is not a reference that begins with C-"),
    (put("C-AAAA\n", "claims", 0, "ref"), r"claims[0], ref: 'C-AAAA\n' is not a reference"),
    (
        put("C-AAAA", "claims", 1, "ref"),
        "claims[1] (C-AAAA): the reference C-AAAA is already taken by claims[0] (C-AAAA)",
    ),
    (put("T-1", "claims", 0, "basis", "key"), "claims[0] (C-AAAA), basis: 'T-1' is not a text key"),
    (
        lambda file: put(file["case"]["title"]["key"], "claims", 0, "basis", "key")(file),
        "is already taken by case, title",
    ),
    (put("ada", "people", 1, "key"), "people[1] (ada): the person ada is already taken by people[0] (ada)"),
    (put("full", "audiences", 3, "key"), "audiences[3] (full): the audience full is already taken by audiences[0]"),
    # dangling
    (put("P-ZZZZ", "supports", 0, "from"), "supports[0] (L-AAAA), from: P-ZZZZ is not in the file"),
    (put("C-ZZZZ", "supports", 0, "to"), "supports[0] (L-AAAA), to: C-ZZZZ is not in the file"),
    (put("P-AAAA", "supports", 0, "to"), "supports[0] (L-AAAA), to: 'P-AAAA' is not a reference that begins with C-"),
    (put("C-ZZZZ", "bearings", 0, "claim"), "bearings[0] (B-AAAA), claim: C-ZZZZ is not in the file"),
    (put("E-ZZZZ", "bearings", 0, "evidence"), "bearings[0] (B-AAAA), evidence: E-ZZZZ is not in the file"),
    (statement(node("citation", ref="C-ZZZZ")), "claims[0] (C-AAAA), statement, citation: C-ZZZZ is not in the file"),
    (statement(node("citation", ref="R-AAAA")), "claims[0] (C-AAAA), statement, citation: R-AAAA is not in the file"),
    (statement(node("citation", ref="L-AAAA")), "claims[0] (C-AAAA), statement, citation: L-AAAA is not in the file"),
    (statement(words("x", *redacted("R-ZZZZ"))), "claims[0] (C-AAAA), statement, redaction: R-ZZZZ is not in the file"),
    (
        argument(node("figure", node("image", file="f-abcdefghjkmnpqrs", alt="", marks=redacted("R-ZZZZ")))),
        "pathways[0] (P-AAAA), argument, redaction: R-ZZZZ is not in the file",
    ),
    (put(["zoe"], "deciders", "security"), "deciders, security: zoe is not in the file"),
    (put(["ada", "ada"], "deciders", "security"), "deciders, security: 'ada' stands twice"),
    (put(["ada"], "deciders", "whim"), "deciders: unknown ground 'whim'"),
    (put(["whim"], "audiences", 0, "cleared"), "audiences[0] (full), cleared: unknown ground 'whim'"),
    (put(["press"], "audiences", 0, "sees_marks_of"), "audiences[0] (full), sees_marks_of: press is not in the file"),
    (put({"press": "x"}, "redactions", 0, "instead"), FIRST + "instead: press is not in the file"),
    (put({"public": None}, "redactions", 0, "instead"), FIRST + "instead: must hold words"),
    (put(["press"], "redactions", 0, "revealed_to"), FIRST + "revealed_to: press is not in the file"),
    # targets
    (put({"kind": "link", "ref": "L-ZZZZ"}, "redactions", 0, "target"), FIRST + "target: L-ZZZZ is not in the file"),
    (
        put({"kind": "attribute", "ref": "K-ELSE", "name": "rating"}, "redactions", 0, "target"),
        FIRST + "target: K-ELSE is not in the file",
    ),
    (
        put({"kind": "attribute", "ref": "C-AAAA", "name": "rating"}, "redactions", 0, "target"),
        FIRST + "target (C-AAAA), name: 'rating' is no attribute of C-AAAA",
    ),
    (put({"kind": "object", "ref": "C-AAAA"}, "redactions", 0, "target"), "target (C-AAAA): the key 'how' is missing"),
    (put({"kind": "page"}, "redactions", 0, "target"), FIRST + "target: is null or an object whose kind is"),
    (put({"kind": ["link"]}, "redactions", 0, "target"), FIRST + "target: is null or an object whose kind is"),
    (put("L-AAAA", "redactions", 0, "target"), FIRST + "target: is null or an object whose kind is"),
    # cycles
    (support("L-CCCC", "C-AAAA", "C-AAAA"), "supports: a claim rests on itself: C-AAAA → C-AAAA"),
    (support("L-CCCC", "C-BBBB", "C-AAAA"), "supports: a claim rests on itself: C-AAAA → C-BBBB → C-AAAA"),
    # contents
    (argument(PARAGRAPH, PARAGRAPH, node("iframe")), ARGUMENT + "unknown node 'iframe' at content/2"),
    (argument(node("paragraph", words("x", "blink"))), ARGUMENT + "unknown mark 'blink' at content/0/content/0"),
    (statement(PARAGRAPH), STATEMENT + "unknown node 'paragraph' at content/0"),
    (argument(words("loose")), ARGUMENT + "Invalid content for node doc"),
    (argument(node("heading", words("x"), level=4)), ARGUMENT + "not a whole number from 1 to 3"),
    (
        statement(words("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})),
        STATEMENT + "a link must begin",
    ),
    (statement(words("x", *redacted("R-1"))), STATEMENT + "not a reference such as C-4TN"),
    (statement(words("")), STATEMENT + "Empty text nodes are not allowed"),
    (statement(words("x", "em", "em")), STATEMENT + "Invalid collection of marks"),
    (statement({"type": ["text"]}), STATEMENT + "a node or mark without a type at content/0"),
    (statement({"type": "text", "text": "x", "marks": [{"type": {}}]}), STATEMENT + "a node or mark without a type"),
    (statement({"type": "text", "text": "x", "marks": {}}), STATEMENT + "marks must be a list at content/0"),
    (statement(node("hard_break", words("lost"))), STATEMENT + "Invalid content for node hard_break"),
    (statement({"type": "hard_break", "text": "lost"}), STATEMENT + "words stand in a text node"),
    (statement({"type": "text", "text": "x", "content": [words("lost")]}), STATEMENT + "words stand in a text node"),
    (statement({"type": "text"}), STATEMENT + "words stand in a text node"),
    (statement({"type": "text", "text": 7}), STATEMENT + "words stand in a text node"),
    (argument(node("paragraph", words("x"), align="lost")), ARGUMENT + "unknown attribute 'align' of paragraph"),
    (argument(PARAGRAPH | {"attrs": 7}), ARGUMENT + "attrs must be an object at content/0"),
    (argument(PARAGRAPH | {"style": "lost"}), ARGUMENT + "unknown key 'style'"),
    (put("words", "claims", 0, "statement"), STATEMENT + "a text is an object with the keys 'key' and 'content'"),
    (put("words", "claims", 0, "statement", "content"), STATEMENT + "a text must be a document"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "said"), FILES, ids=[said[:60] for _, said in FILES])
def test_content_is_refused(change: Change, said: str, bad: Callable[[bytes], str]) -> None:
    file = full_case()
    change(file)
    found = bad(json.dumps(file).encode())
    assert said in found
    if not said.startswith(("redactions", "is already", "target")):
        assert found.startswith(said[:12])


@pytest.mark.django_db
def test_large_file_is_refused_by_its_size_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    opened: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda self, *args: opened.append(self))
    assert refusal(path) == "the file is too large; a case file has at most 20 MB"
    assert opened == []


def test_stream_of_unknown_size_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(BadCaseFile, match="too large"):
        read_bytes(b" " * (LARGEST + 1))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "said"), [("absent", "No such file or directory"), (".", "Is a directory")])
def test_what_cannot_be_read_is_refused(name: str, said: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / name) == f"can't be read ({said})"


@pytest.mark.django_db
def test_second_import_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "full.json"
    path.write_bytes(GOOD)
    call_command("import_case", str(path), verbosity=0)
    assert refusal(path) == "the case K-FULL is already here; use --as-new to have it a second time"


@pytest.mark.django_db
def test_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*args: object) -> None:
        raise BadCaseFile("a fault of the last hour")

    monkeypatch.setattr("review.case_file.writing.write_parts", fail)
    path = tmp_path / "full.json"
    path.write_bytes(GOOD)
    assert refusal(path) == "a fault of the last hour"


def test_words_of_a_text_are_not_in_what_is_said_of_a_file() -> None:
    """The library quotes content in some of its messages."""
    file = full_case()
    argument(node("blockquote", words("a canary")))(file)
    with pytest.raises(BadCaseFile) as refused:
        checked(file)
    assert "canary" not in str(refused.value)


def test_chain_of_any_length_is_no_cycle() -> None:
    chain = [(f"C-{number}", f"C-{number + 1}") for number in range(100_000)]
    assert first_cycle(chain) == ()
    assert first_cycle([*chain, ("C-100000", "C-99998")]) == ("C-99998", "C-99999", "C-100000", "C-99998")


def test_diamond_is_no_cycle() -> None:
    assert first_cycle([("P", "A"), ("P", "B"), ("A", "C"), ("B", "C")]) == ()
