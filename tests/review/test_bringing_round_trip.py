"""What leaves as Markdown comes back as it was: every text, every mark, every link."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings

from cases.models import Redaction
from prose.content import normalised
from prose.inside import document_of
from prose.marked import MarkedText
from prose.nodes import Node
from prose.typed import pieces
from review.actions.bringing import bring_in, keep_draft
from review.bringing.faults import CannotRead
from review.bringing.markdown.blocks_out import body_out, one_line_out
from review.bringing.markdown.reading_back import body_of, line_of
from review.loaders.bringing.exporting import case_as_markdown
from review.snapshot import CaseSnapshot, read_case
from tests.case_builder import CaseBuilder
from tests.review.any_documents import bodies, lines
from tests.world import World, grant_all, import_raw, people, secret_case

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEADER = ("title", "subject", "banner", "predecessor", "conclusion", "scope", "scope_out", "summary")
KINDS = ("sections", "pathways", "claims", "evidence", "limitations", "terms", "tags", "assurances")
WORDED = {
    "sections": ("title", "body"),
    "pathways": ("title", "answer", "action", "argument", "reason"),
    "claims": ("statement", "basis", "assumptions"),
    "evidence": ("title", "description", "conditions", "place", "not_relied"),
    "limitations": ("title", "body"),
    "terms": ("name", "definition"),
    "tags": ("name",),
    "assurances": ("statement",),
}
PLAIN = {
    "pathways": ("context", "frequency", "complexity", "reversibility", "rating", "confidence"),
    "claims": ("kind", "state", "grade"),
    "evidence": ("type", "as_of", "valid_until", "relied_on"),
    "terms": ("tentative",),
    "assurances": ("given_on", "valid_until"),
}


@settings(max_examples=120)
@given(bodies())
def test_any_body_reads_back_as_it_was(document: Node):
    assert body_of(body_out(document, 2), 2) == document


@settings(max_examples=120)
@given(lines())
def test_any_line_reads_back_as_it_was(document: Node):
    assert line_of(one_line_out(document)) == document


def empty_case(reference: str = "K-EMPT") -> CaseBuilder:
    """A case in which nobody has written anything, with the audiences and one person of the builder."""
    case = CaseBuilder(reference)
    for name in HEADER:
        one = case.body("") if name.startswith(("scope", "summary")) else case.line("")
        case.file["case"][name] = one
    return case


def with_people(raw: dict) -> World:
    world = World(import_raw(raw), people())
    grant_all(world.case_id, world.users)
    return world


def taken_into(world: World, markdown: str) -> CaseSnapshot:
    """The case after it imported that."""
    by = world.actor("Ada")
    draft = keep_draft(by=by, case_id=world.case_id, name="case.md", data=markdown.encode())
    bring_in(by=by, case_id=world.case_id, draft_id=draft, places={}, columns={})
    return read_case(world.case_id)


def exported(case_id: UUID, world: World) -> str:
    if case_id != world.case_id:
        grant_all(case_id, world.users)
    return case_as_markdown(world.actor("Ada"), case_id)


class Same:
    """Two cases whose references differ: everything of the one, as the other calls it."""

    def __init__(self, one: CaseSnapshot, other: CaseSnapshot, omitted: frozenset[str] = frozenset()) -> None:
        self.one, self.other, self.refs = one, other, {}
        self.omitted = omitted
        self.lifted = {
            one.ref for one in one.register.by_ref.values() if one.state == "lifted"
        }  # hides nothing there: no mark here
        for kind in KINDS:
            mine = [thing for thing in getattr(one, kind) if thing.ref not in omitted]
            theirs = getattr(other, kind)
            assert len(mine) == len(theirs), kind
            self.refs |= {a.ref: b.ref for a, b in zip(mine, theirs, strict=True)}

    def texts(self, a: MarkedText, b: MarkedText) -> None:
        assert self._as_there(document_of(a)) == _without_pictures(document_of(b))

    def _as_there(self, node: Node) -> Node:
        """Citations and typed references of the other case; the names of pictures are no words."""
        node = _without_pictures(node)
        content = tuple(self._as_there(child) for child in node.content)
        attrs = node.attrs
        if node.type == "citation":
            attrs = {"ref": self.refs[str(node.attrs["ref"])]}
        text = "".join(self.refs[said] if known else said for said, known in pieces(node.text, self.refs.__contains__))
        marks = tuple(mark for mark in node.marks if mark.attrs.get("ref") not in self.lifted)
        return normalised(Node(node.type, attrs, content, marks, text))

    def everything(self) -> None:
        for name in HEADER:
            self.texts(getattr(self.one.header, name), getattr(self.other.header, name))
        for kind in KINDS:
            mine = [thing for thing in getattr(self.one, kind) if thing.ref not in self.omitted]
            for a, b in zip(mine, getattr(self.other, kind), strict=True):
                for name in WORDED[kind]:
                    self.texts(getattr(a, name), getattr(b, name))
                assert [getattr(a, name) for name in PLAIN.get(kind, ())] == [
                    getattr(b, name) for name in PLAIN.get(kind, ())
                ]
        assert self._links("supports", "resting", "claim", "role") == self._links_there(
            "supports", "resting", "claim", "role"
        )
        mine = self._links("bearings", "evidence", "claim", "direction", "strength")
        assert mine == self._links_there("bearings", "evidence", "claim", "direction", "strength")
        assert [tuple(self.refs[tag] for tag in claim.tags) for claim in self.one.claims] == [
            claim.tags for claim in self.other.claims
        ]

    def _links(self, kind: str, start: str, end: str, *says: str) -> list[tuple[str, ...]]:
        rows = [one for one in getattr(self.one, kind) if not {getattr(one, start), getattr(one, end)} & self.omitted]
        return sorted(
            (self.refs[getattr(one, start)], self.refs[getattr(one, end)], *(getattr(one, name) for name in says))
            for one in rows
        )

    def _links_there(self, kind: str, start: str, end: str, *says: str) -> list[tuple[str, ...]]:
        rows = getattr(self.other, kind)
        return sorted((getattr(one, start), getattr(one, end), *(getattr(one, name) for name in says)) for one in rows)


def _without_pictures(node: Node) -> Node:
    attrs = {**node.attrs, "file": ""} if node.type == "image" else node.attrs
    return Node(node.type, attrs, tuple(_without_pictures(child) for child in node.content), node.marks, node.text)


@pytest.mark.django_db
@pytest.mark.parametrize("example", ["worked-example", "public-facts"])
def test_export_of_a_case_comes_into_an_empty_one_as_it_was(example: str):
    raw = json.loads((EXAMPLES / example / "case.json").read_text())
    empty = empty_case()
    empty.file["people"] = raw["people"]
    world = with_people(empty.file)
    source = import_raw(raw)
    written = exported(source, world)
    omitted = frozenset(one.target for one in read_case(source).register.by_ref.values() if one.omitted)
    cited = {f"@{ref}" for ref in omitted} | {f"@{{{ref}}}" for ref in omitted}
    for one in cited:  # a citation of what is not imported becomes words: not what this test is about
        written = written.replace(f" {one}", "")
    plain = import_raw(without_citations(raw, omitted), as_new=True)
    same = Same(read_case(plain), taken_into(world, written), omitted)
    same.everything()
    assert written.count("```safetycase") + written.count("{.exactly}") == 0  # people can read all of it


def without_citations(raw: dict, refs: frozenset[str]) -> dict:
    """The same case file, in which nothing cites those."""

    def of(value: object) -> object:
        if isinstance(value, list):
            kept = [of(one) for one in value if not _cites(one, refs)]
            return _closed_up(kept, value, refs)
        return {key: of(one) for key, one in value.items()} if isinstance(value, dict) else value

    return json.loads(json.dumps(of(raw)))


def _cites(one: object, refs: frozenset[str]) -> bool:
    return isinstance(one, dict) and one.get("type") == "citation" and one["attrs"]["ref"] in refs


def _closed_up(kept: list, before: list, refs: frozenset[str]) -> list:
    """Without the space that stood before a citation."""
    for number, one in enumerate(before):
        if (
            _cites(one, refs)
            and number
            and isinstance(before[number - 1], dict)
            and before[number - 1].get("text", "").endswith(" ")
        ):
            place = kept.index(before[number - 1])
            kept[place] = {**kept[place], "text": kept[place]["text"][:-1]}
    return kept


@pytest.mark.django_db
def test_pictures_travel_in_the_file():
    raw = json.loads((EXAMPLES / "worked-example" / "case.json").read_text())
    world = with_people(empty_case().file)
    taken_into(world, exported(import_raw(raw), world))
    from review.loaders.figures import figures_in

    shown = {base64.b64decode(one["data"]) for one in raw["files"]}
    assert shown <= set(figures_in(world.case_id).values())


@pytest.mark.django_db
def test_marks_of_this_case_stay_what_they_are_and_everything_is_new():
    world = with_people(secret_case())
    before = read_case(world.case_id)
    written = exported(world.case_id, world)
    after = taken_into(world, written)
    assert {one.ref for one in before.claims} < {one.ref for one in after.claims}
    assert [document_of(one.statement) for one in after.claims[: len(before.claims)]] == [
        document_of(one.statement) for one in before.claims
    ]
    assert len(after.claims) == 2 * len(before.claims)
    old, new = before.sections[0], after.sections[len(before.sections)]
    assert hidden_in(document_of(new.body)) == hidden_in(document_of(old.body)) != set()
    assert Redaction.objects.filter(case_id=world.case_id, cover="span").count() == len(
        [one for one in before.register.by_ref.values() if one.cover == "span"]
    )


def hidden_in(node: Node) -> set[tuple[str, str]]:
    """(words, redaction) of every hidden leaf."""
    return {(leaf.text, ref) for leaf in node.leaves() for ref in leaf.refs()}


@pytest.mark.django_db
def test_what_was_masked_is_masked_again_and_what_was_left_out_is_not_imported():
    world = with_people(secret_case())
    written = exported(world.case_id, world)
    before = read_case(world.case_id)
    after = taken_into(world, written)
    fresh = [one for one in after.register.by_ref.values() if one.ref not in before.register.by_ref]
    masked = next(number for number, one in enumerate(before.claims) if one.ref == "C-MASK")
    graded = next(number for number, one in enumerate(before.claims) if one.ref == "C-AAAA")
    size = len(before.claims)
    assert {(one.cover, one.target, one.attribute) for one in fresh if one.cover != "link"} == {
        ("object", after.claims[size + masked].ref, ""),
        ("attribute", after.claims[size + graded].ref, "grade"),
    }
    assert [one.target for one in fresh if one.cover == "link"] == [
        two.ref
        for one, two in zip(before.supports, after.supports[len(before.supports) :], strict=True)
        if one.ref == "L-BBBB"
    ]
    assert len(after.evidence) == 2 * len(before.evidence) - 1  # E-GNNE leaves no placeholder


@pytest.mark.django_db
def test_redactions_of_another_case_are_proposed_here_and_hide_at_once():
    raw = secret_case()
    world = with_people(empty_case().file)
    after = taken_into(world, exported(import_raw(raw), world))
    rows = {one.ref: one for one in Redaction.objects.filter(case_id=world.case_id, cover="span")}
    assert set(rows) == {"R-WRDS", "R-PUBL"}
    assert {one.state for one in rows.values()} == {"proposed"}
    assert rows["R-PUBL"].ground == "security"
    assert rows["R-PUBL"].note == "A security matter."
    assert "R-WRDS" in {ref for _, ref in hidden_in(document_of(after.sections[0].body))}


@pytest.mark.django_db
def test_reference_that_is_another_redaction_here_is_given_a_new_one():
    """R-PUBL hides on security there; here it is lifted, and would show the words."""
    case = empty_case()
    case.redaction("R-PUBL", ground="privacy", state="lifted")
    world = with_people(case.file)
    after = taken_into(world, exported(import_raw(secret_case()), world))
    hiding = {ref for _, ref in hidden_in(document_of(after.pathways[0].argument))}
    assert "R-PUBL" not in hiding
    assert {row.ground for row in Redaction.objects.filter(case_id=world.case_id, ref__in=hiding)} == {
        "legal_duty",
        "security",
    }


@pytest.mark.django_db
def test_redaction_that_nobody_knows_is_refused_with_its_reference():
    world = with_people(empty_case().file)
    written = re.sub(r"# Redactions \{.group\}.*", "", exported(import_raw(secret_case()), world), flags=re.DOTALL)
    with pytest.raises(CannotRead, match=r"R-[A-Z]+, which neither this case nor a list"):
        keep_draft(by=world.actor("Ada"), case_id=world.case_id, name="case.md", data=written.encode())


@pytest.mark.django_db
def test_export_that_was_edited_brings_the_edits_in():
    world = with_people(empty_case().file)
    case = CaseBuilder("K-SRCE")
    case.section("S-AAAA", "Scope", "Plain words.")
    case.claim("C-AAAA", "Egress is capped.")
    written = exported(import_raw(case.file), world)
    edited = written.replace("Plain words.", "Other **words** @C-AAAA.").replace(
        "# Claims {.group}", "## A new section\n\nOf ours.\n\n# Claims {.group}"
    )
    after = taken_into(world, edited)
    assert [document_of(one.title).content[0].text for one in after.sections] == ["Scope", "A new section"]
    cited = [leaf.attrs["ref"] for leaf in document_of(after.sections[0].body).leaves() if leaf.type == "citation"]
    assert cited == [after.claims[0].ref]
