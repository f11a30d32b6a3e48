"""A case file comes in and goes out as the same bytes, whatever it holds."""

from __future__ import annotations

import base64
import io
import json
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cases.figures import reencoded
from cases.models import AuditEvent, Case, CasePerson, Redaction
from pathways.models import Support
from prose.models import Text
from review.case_file.checking import checked
from review.case_file.export import CannotExport, canonical_bytes, cases_named, export_case
from review.case_file.reading import read_bytes, read_file
from review.case_file.writing import import_case
from review.snapshot import read_case
from tests.case_builder import CaseBuilder

Raw = dict[str, Any]
PUBLIC_FACTS = Path(settings.BASE_DIR) / "examples" / "public-facts" / "case.json"


def words(text: str, *marks: str | Raw) -> Raw:
    """A text node; a mark by name alone, or whole."""
    found = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return {"type": "text", "text": text} | ({"marks": found} if found else {})


def redacted(*refs: str) -> list[Raw]:
    """Redaction marks."""
    return [{"type": "redaction", "attrs": {"ref": ref}} for ref in refs]


def node(type_: str, *content: Raw, marks: list[Raw] | None = None, **attrs: Any) -> Raw:
    """Any other node."""
    parts: Raw = {"content": list(content), "marks": marks, "attrs": attrs}
    return {"type": type_} | {key: value for key, value in parts.items() if value}


def every_node() -> Raw:
    """A body with every node and every mark, spelt as an export spells it."""
    link = {"type": "link", "attrs": {"href": "https://example.org/a?b=c&d=é"}}
    note = node("footnote", words("A note, "), node("hard_break"), node("formula", tex="e=mc^2"))
    ada = node("turn", node("speaker", words("Ada")), node("paragraph", words("Yes.")))
    cells = [
        node("table_header", node("paragraph", words("Head")), colspan=2, rowspan=1),
        node("table_cell", node("paragraph", words("Cell")), colspan=1, rowspan=1),
    ]
    return node(
        "doc",
        node("heading", words("Über 🐤 <b>&amp;</b> \" \\ / \u2028 'x'"), level=1),
        node("paragraph", words("two at once", *redacted("R-AAAA", "R-BBBB"), link, "em", "strong", "code"), note),
        node("paragraph"),
        node("paragraph", node("citation", ref="C-AAAA", marks=redacted("R-AAAA")), node("hard_break"), words(" end")),
        node("blockquote", node("code_block", words("x = 1\n\ty", *redacted("R-AAAA"))), node("code_block")),
        node("bullet_list", node("list_item", node("paragraph", words("One")), node("horizontal_rule"))),
        node("ordered_list", node("list_item", node("paragraph")), order=7),
        node("formula_block", tex="\\sum", marks=redacted("R-BBBB")),
        node("table", node("table_row", *cells)),
        node("figure", node("image", file="f-abcdefghjkmnpqrs", alt="A curve"), node("caption", words("Curve"))),
        node("transcript", ada, node("elision")),
    )


def full_case(reference: str = "K-FULL") -> Raw:
    """A small case in which every field of the format stands, with every kind of value in it."""
    build = CaseBuilder(reference)
    file = build.file
    file["people"].append({"key": "lex_2", "name": "Lex", "role": "General counsel", "named_outside": True})
    file["deciders"] = {"legal_duty": ["ada", "lex_2"], "security": ["lex_2"]}
    file["files"] = [{"key": "f-abcdefghjkmnpqrs", "data": base64.b64encode(figure()).decode()}]
    file["case"] |= {
        "contexts": ["internal", "third_party"],
        "confidence": None,
        "rating": None,
        "kind": "safety_case",
        "rehearsal": False,
        "publication_date": "2026-11-21",
        "history": [{"on": "2026-02-01", "rating": None, "confidence": "high", "why": build.line("")}],
    }
    _hide_everything(build, reference)
    _write_parts(build)
    _link_them(build)
    return file


def _hide_everything(build: CaseBuilder, reference: str) -> None:
    """Redactions of words, then of every other kind of target."""
    build.redaction("R-AAAA", instead={"public": "several", "all_staff": ""}, revealed_to=["public", "all_staff"])
    build.redaction("R-BBBB", "security", state="lifted", extent="more", note="", reason="")
    build.redaction("R-CCCC", bears_load=True, decide_again="2027-03-01")
    targets: dict[str, Raw] = {
        "R-T2A": {"kind": "attribute", "ref": "C-AAAA", "name": "grade"},
        "R-T3A": {"kind": "attribute", "ref": reference, "name": "rating"},
        "R-T4A": {"kind": "attribute", "ref": "B-AAAA", "name": "direction"},
        "R-T5A": {"kind": "link", "ref": "L-AAAA"},
        "R-T6A": {"kind": "link", "ref": "B-AAAA"},
        "R-T7A": {"kind": "object", "ref": "E-AAAA", "how": "masked"},
        "R-T8A": {"kind": "object", "ref": "S-AAAA", "how": "omitted"},
        "R-A2A": {"kind": "object", "ref": "A-AAAA", "how": "masked"},
        "R-A3A": {"kind": "attribute", "ref": "A-AAAA", "name": "claim"},
    }
    for ref, target in targets.items():
        build.redaction(ref, target=target)


def _write_parts(build: CaseBuilder) -> None:
    """Everything that has words and stands by itself."""
    build.tag("G-AAAA", "Wei[[R-AAAA ghts]]")
    build.tag("G-BBBB", "People")
    build.section("S-AAAA", "Scope", "See {E-AAAA}, {P-AAAA}, {S-AAAA}, {A-AAAA}, {N-AAAA}.", ready=False)
    change = {"on": "2026-01-01", "rating": "low", "confidence": None, "why": build.line("New facts.")}
    build.pathway("P-AAAA", "Sandbagging", "It rests on {C-AAAA}.", reason="Because.", ready=False, history=[change])
    unknown = dict.fromkeys(("context", "frequency", "complexity", "reversibility", "rating", "confidence"))
    build.pathway("P-BBBB", "", "Nothing is known.", **unknown)
    build.claim("C-AAAA", "It is [[R-AAAA well]] watched.")
    build.file["claims"][0]["basis"]["content"] = every_node()
    unclear: Raw = {"grade": None, "state": "draft", "kind": "threat_modelling", "tags": ["G-AAAA", "G-BBBB"]}
    build.claim("C-BBBB", "Unclear.", owner="lex_2", **unclear)
    other: Raw = {"as_of": None, "valid_until": "2027-02-28", "relied_on": False, "type": "other"}
    build.evidence("E-AAAA", "A run", owner="ada", not_relied="Weak.", **other)
    build.limitation("N-AAAA", "Awareness", "It may know {C-AAAA}.")


def _link_them(build: CaseBuilder) -> None:
    """What leads from one to another."""
    build.support("L-AAAA", "P-AAAA", "C-AAAA")
    build.support("L-BBBB", "C-AAAA", "C-BBBB", role="context")
    build.assurance("A-AAAA", "We do.", "lex_2", valid_until="2027-01-01", claim="C-AAAA")
    build.bearing("B-AAAA", "E-AAAA", "C-AAAA", direction="against", strength="weak")


def figure() -> bytes:
    """A small picture, as the case keeps it."""
    made = io.BytesIO()
    Image.new("RGB", (3, 2), "white").save(made, "PNG")
    return reencoded(made.getvalue())


def take_in(raw: bytes, *, as_new: bool = False) -> uuid.UUID:
    """Import bytes."""
    return import_case(case_file=checked(read_bytes(raw)), as_new=as_new)


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [full_case(), CaseBuilder().file], ids=["every field", "nothing but a header"])
def test_import_then_export_gives_the_same_bytes(raw: Raw) -> None:
    there = canonical_bytes(raw)
    assert export_case(case_id=take_in(there)) == there


@pytest.mark.django_db
def test_example_comes_back_as_the_same_bytes() -> None:
    case_id = import_case(case_file=checked(read_file(PUBLIC_FACTS)))
    assert export_case(case_id=case_id) == PUBLIC_FACTS.read_bytes()


@pytest.mark.django_db
def test_import_takes_any_spelling_and_export_gives_one() -> None:
    there = full_case()
    loose = full_case()
    loose["deciders"] = {"security": ["lex_2"], "legal_duty": ["lex_2", "ada"], "privacy": []}
    heading = loose["claims"][0]["basis"]["content"]["content"][0]
    text = heading["content"][0]["text"]
    heading["content"] = [words(text[:3]), words(text[3:])]
    paragraph = loose["claims"][0]["basis"]["content"]["content"][1]
    paragraph["content"][0]["marks"].reverse()
    del loose["claims"][0]["basis"]["content"]["content"][6]["attrs"]
    there["claims"][0]["basis"]["content"]["content"][6]["attrs"] = {"order": 1}
    spelt = json.dumps(loose, separators=(",", ":"), ensure_ascii=True).encode()
    assert export_case(case_id=take_in(spelt)) == canonical_bytes(there)


@pytest.mark.django_db
def test_import_writes_what_a_release_reads() -> None:
    case_id = take_in(canonical_bytes(full_case()))
    case = read_case(case_id)
    assert (case.header.reference, case.header.publication_date) == ("K-FULL", date(2026, 11, 21))
    assert [audience.key for audience in case.audiences] == ["full", "all_staff", "external_reviewer", "public"]
    assert [(one.resting, one.claim) for one in case.supports] == [("P-AAAA", "C-AAAA"), ("C-AAAA", "C-BBBB")]
    assert [redaction.ref for redaction in case.register.on_object("S-AAAA")] == ["R-T8A"]
    assert case.audience("public").revealed == {"R-AAAA"}
    assert list(CasePerson.objects.order_by("order").values_list("key", "decides")) == [
        ("ada", ["legal_duty"]),
        ("lex_2", ["legal_duty", "security"]),
    ]
    assert list(AuditEvent.objects.values_list("verb", "case_id", "actor_id")) == [("case_imported", case_id, None)]


@pytest.mark.django_db
def test_export_is_canonical_after_edits() -> None:
    """Marks in the order in which they were laid, and words cut by an edit, are spelt as the next import would spell them."""
    case_id = take_in(canonical_bytes(full_case()))
    with connection.cursor() as cursor:
        cut = node("doc", words("It is "), words("well", *redacted("R-BBBB", "R-AAAA")), words(" wa"), words("tched."))
        statement = full_case()["claims"][0]["statement"]["key"]
        cursor.execute("update prose_text set content = %s where key = %s", [json.dumps(cut), statement])
    once = export_case(case_id=case_id)
    Case.objects.all().delete()
    assert export_case(case_id=take_in(once)) == once
    assert b'" watched."' in once


@pytest.mark.django_db
def test_export_asks_once_for_each_table() -> None:
    def queries(case_id: uuid.UUID) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            export_case(case_id=case_id)
        return sum(query["sql"].startswith("SELECT") for query in seen)

    small = take_in(canonical_bytes(full_case()))
    large = take_in(canonical_bytes(larger(full_case("K-MANY"))))
    assert queries(small) == queries(large) == 18


@pytest.mark.django_db
def test_import_takes_as_many_statements_for_a_large_case_as_for_a_small_one() -> None:
    def statements(raw: bytes) -> int:
        with CaptureQueriesContext(connection) as seen:
            take_in(raw)
        return sum(query["sql"].startswith(("INSERT", "SELECT")) for query in seen)

    small, large = canonical_bytes(full_case()), canonical_bytes(larger(full_case("K-MANY")))
    assert statements(small) == statements(large)


def larger(file: Raw) -> Raw:
    """The same case with forty more claims, each owned, tagged, carried and borne on."""
    build = CaseBuilder()
    build.file, build._keys = file, 500
    for number in range(40):
        ref = "".join("ABCDEFGH"[digit] for digit in divmod(number, 8))
        build.claim(f"C-M{ref}", "One of many.", owner="ada", tags=["G-AAAA"])
        build.support(f"L-M{ref}", "P-AAAA", f"C-M{ref}")
        build.bearing(f"B-M{ref}", "E-AAAA", f"C-M{ref}")
        build.assurance(f"A-M{ref}", "We do.", "ada")
    return file


@pytest.mark.django_db
def test_export_refuses_what_a_file_cannot_say() -> None:
    case_id = take_in(canonical_bytes(full_case()))
    Redaction.objects.filter(cover="link").update(omitted=True)
    with pytest.raises(CannotExport, match=r"^R-T5A leaves out a link"):
        export_case(case_id=case_id)


# The two commands


def command(*args: str) -> str:
    """What a command writes to its output."""
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.fixture
def full_file(tmp_path: Path) -> Path:
    """The full case as a file."""
    path = tmp_path / "full.json"
    path.write_bytes(canonical_bytes(full_case()))
    return path


@pytest.mark.django_db
def test_commands_bring_a_case_in_and_out(full_file: Path) -> None:
    assert command("import_case", str(full_file)).startswith("imported K-FULL as ")
    assert command("export_case", "K-FULL").encode() == full_file.read_bytes()
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"case_imported", "case_exported"}


@pytest.mark.django_db
def test_export_writes_bytes_where_there_is_a_byte_stream(full_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command("import_case", str(full_file))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"))
    call_command("export_case", "K-FULL")
    assert raw.getvalue() == full_file.read_bytes()


@pytest.mark.django_db
def test_second_import_stands_beside_the_first_when_asked(full_file: Path) -> None:
    command("import_case", str(full_file))
    command("import_case", str(full_file), "--as-new")
    first, second = cases_named("K-FULL")
    assert export_case(case_id=first) == export_case(case_id=second) == full_file.read_bytes()
    assert Text.objects.filter(scope_id=first).count() == Text.objects.filter(scope_id=second).count() > 0
    assert Support.objects.filter(case_id=first, claim__case_id=second).count() == 0


@pytest.mark.django_db
def test_export_asks_which_of_several(full_file: Path) -> None:
    command("import_case", str(full_file))
    command("import_case", str(full_file), "--as-new")
    first, second = cases_named("K-FULL")
    with pytest.raises(CommandError) as refused:
        command("export_case", "K-FULL")
    assert str(refused.value) == f"2 cases share the reference K-FULL; say --case and one of {first}, {second}"
    assert command("export_case", "K-FULL", "--case", str(second)).encode() == full_file.read_bytes()


@pytest.mark.django_db
def test_export_names_what_is_not_there(full_file: Path) -> None:
    command("import_case", str(full_file))
    with pytest.raises(CommandError, match=r"^there is no case K-ELSE here$"):
        command("export_case", "K-ELSE")
    with pytest.raises(CommandError, match=r"does not have the reference K-FULL$"):
        command("export_case", "K-FULL", "--case", str(uuid.uuid4()))
