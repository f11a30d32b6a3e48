"""Importing into a case: everything or nothing, by who may, of their own document alone; and nothing of the case is changed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from cases.models import AuditEvent, CaseFile, Grant, Redaction
from cases.roles import Role
from evidence.models import Evidence
from pathways.models import Claim, Pathway, RatingChange, Section, Support, Term
from prose.inside import document_of
from prose.models import Anchor, Step, Text
from review import tasks
from review.actions.bringing import bring_in, drop_draft, keep_draft, writing
from review.bringing.building import said_in
from review.bringing.faults import CannotBring, CannotRead
from review.bringing.placing.places import Place
from review.loaders.bringing.drafts import opened_draft
from review.loaders.bringing.placing import placing_of
from review.models import ImportDraft, InsideComment, InsideThread
from review.snapshot import read_case
from tests.review.rich_report import rich_report, words_in, words_of_file
from tests.review.test_bringing_round_trip import empty_case, with_people
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """An empty case with the cast."""
    return with_people(empty_case().file)


def kept(world: World, data: bytes = b"", name: str = "report.docx", by: str = "Ada") -> UUID:
    return keep_draft(by=world.actor(by), case_id=world.case_id, name=name, data=data or rich_report())


def brought(world: World, draft: UUID, by: str = "Ada", **places: Place) -> None:
    chosen = {int(name[1:]): place for name, place in places.items()}
    bring_in(by=world.actor(by), case_id=world.case_id, draft_id=draft, places=chosen, columns={})


def rows(case_id: UUID) -> Counter[str]:
    """How many rows of each kind the case has."""
    kinds = {
        "sections": Section,
        "pathways": Pathway,
        "claims": Claim,
        "evidence": Evidence,
        "supports": Support,
        "terms": Term,
    }
    found = Counter({name: model.objects.filter(case_id=case_id).count() for name, model in kinds.items()})
    found["texts"] = Text.objects.filter(scope_id=case_id).count()
    found["files"] = CaseFile.objects.filter(case_id=case_id).count()
    found["redactions"] = Redaction.objects.filter(case_id=case_id).count()
    found["threads"] = InsideThread.objects.filter(case_id=case_id).count()
    found["drafts"] = ImportDraft.objects.filter(case_id=case_id).count()
    return found


def test_report_becomes_sections_pathways_claims_registers_and_threads(world: World):
    brought(world, kept(world))
    case = read_case(world.case_id)
    plain = [said_in(document_of(section.title)) for section in case.sections]
    assert plain == ["Scope of all this", "Key claims", "Pathways to harm", "Evidence", "Appendix B: Method"]
    assert [said_in(document_of(one.title)) for one in case.pathways] == ["Sandbagging", "Leaks of information"]
    assert [said_in(document_of(one.statement)) for one in case.claims] == [
        "The weights are kept safe by two people.",
        "No job runs without an owner.",
        "Egress is capped at the border.",
        "Every alarm is read by a person.",
        "Logs are kept for a year.",
    ]
    assert [(said_in(document_of(one.title)), str(one.as_of), one.owner.name) for one in case.evidence] == [
        ("Drill", "2026-01-15", "Ada")
    ]
    assert [said_in(document_of(one.name)) for one in case.terms] == ["Monitor", "Drill"]
    assert said_in(document_of(case.header.title)) == "Risk report on Orrin 2"
    assert said_in(document_of(case.header.summary)).startswith("Low risk.")
    assert len(CaseFile.objects.filter(case_id=world.case_id)) == 1
    assert ImportDraft.objects.count() == 0


def test_first_version_of_a_text_has_its_words(world: World):
    brought(world, kept(world))
    texts = {text.pk: text.version for text in Text.objects.filter(scope_id=world.case_id)}
    section = Section.objects.filter(case_id=world.case_id)[0]
    assert texts[section.body_id] == texts[section.title_id] == 0
    assert Step.objects.filter(text_id=section.body_id).count() == 0


def test_nothing_is_lost_that_is_not_told(world: World):
    """Every word of the file stands in a text or a thread of the case, or on the page that came before."""
    draft = kept(world)
    page = placing_of(opened_draft(world.actor("Ada"), world.case_id, draft), {}, {})
    brought(world, draft)
    found: Counter[str] = Counter()
    for text in Text.objects.filter(scope_id=world.case_id):
        found += words_in(said_in(document_of(text.bound_to(None))))
    for row in Evidence.objects.filter(case_id=world.case_id).select_related("owner"):
        found += words_in(f"{row.as_of} {row.owner.name if row.owner else ''}")
    for comment in InsideComment.objects.all():
        found += words_in(comment.body)
    for told in page.left_out:
        found += words_in(told.words)
    assert words_of_file(rich_report()) - found == Counter()


def test_comment_stands_at_its_words_under_the_name_of_who_wrote_it(world: World):
    brought(world, kept(world))
    threads = {
        one.author: one for one in InsideThread.objects.filter(case_id=world.case_id).select_related("anchor__text")
    }
    quotes = {name: one.quote.strip() for name, one in threads.items()}
    assert quotes == {"Marta Lindqvist": "Inside use", "Bo": "The weights are kept safe by two people."}
    bo = threads["Bo"]
    assert bo.anchor is not None
    assert Claim.objects.get(statement=bo.anchor.text).case_id == world.case_id
    assert [comment.body for comment in bo.comments.all()] == ["By which two?"]
    assert bo.by_id == world.users["Ada"].pk


def test_nothing_of_the_case_is_changed(world: World):
    case = empty_case("K-FULL")
    case.section("S-AAAA", "Scope", "Words {C-AAAA}.")
    case.claim("C-AAAA", "Egress is capped.")
    case.file["case"]["title"] = case.line("Ours")
    full = with_people_of(world, case.file)
    before = {
        text.key: (text.version, document_of(text.bound_to(None)))
        for text in Text.objects.filter(scope_id=full.case_id)
    }
    brought(full, kept(full))
    after = {
        text.key: (text.version, document_of(text.bound_to(None)))
        for text in Text.objects.filter(scope_id=full.case_id)
    }
    changed = {key for key in before if before[key] != after[key]}
    header = read_case(full.case_id).header
    assert changed == {header.summary.key}  # it was empty
    assert said_in(document_of(header.title)) == "Ours"


def with_people_of(world: World, raw: dict) -> World:
    from tests.world import grant_all, import_raw

    other = World(import_raw(raw), world.users)
    grant_all(other.case_id, world.users)
    return other


def test_import_that_fails_in_the_middle_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    draft = kept(world)
    before, events = rows(world.case_id), AuditEvent.objects.count()
    real = writing.new_part
    made: list[str] = []

    def failing(*args: object, **kwargs: object) -> object:
        if len(made) == 12:
            raise CannotBring("The worker tripped.")
        made.append("one")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "new_part", failing)
    with pytest.raises(CannotBring):
        brought(world, draft)
    assert len(made) == 12
    assert rows(world.case_id) == before
    assert (Anchor.objects.count(), AuditEvent.objects.count()) == (0, events)
    monkeypatch.undo()
    brought(world, draft)  # the draft is still there
    assert rows(world.case_id)["sections"] > 0


def test_claim_that_would_rest_on_itself_is_refused_and_nothing_is_made(world: World):
    source = (
        "---\nsafetycase: 1\n---\n\n## A is so. {.claim #C-AAAA}\n\n### Rests on {.supports}\n\n- [@C-BBBB]{.support} x\n\n"
        "## B is so. {.claim #C-BBBB}\n\n### Rests on {.supports}\n\n- [@C-AAAA]{.support} y\n"
    )
    draft = kept(world, source.encode(), "case.md")
    before = rows(world.case_id)
    with pytest.raises(CannotBring, match="rest on itself"):
        brought(world, draft)
    assert rows(world.case_id) == before


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("Ada", True),
        ("Mina", True),
        ("Jun", True),
        ("Lex", False),
        ("Sten", False),
        ("Sofia", False),
        ("Noor", False),
        ("Aud", False),
    ],
)
def test_who_may_bring_a_document(world: World, who: str, may: bool):
    if may:
        kept(world, by=who)
        return
    with pytest.raises(Http404):
        kept(world, by=who)


def test_document_of_somebody_else_is_not_there(world: World):
    draft = kept(world, by="Ada")
    for act in (
        lambda: brought(world, draft, by="Jun"),
        lambda: drop_draft(by=world.actor("Jun"), case_id=world.case_id, draft_id=draft),
        lambda: opened_draft(world.actor("Jun"), world.case_id, draft),
        lambda: opened_draft(world.actor("Ada"), world.case_id, uuid4()),
    ):
        with pytest.raises(Http404):
            act()
    assert ImportDraft.objects.filter(pk=draft).exists()


def test_who_may_write_no_longer_cannot_import_what_they_brought(world: World):
    draft = kept(world, by="Jun")
    Grant.objects.filter(user=world.users["Jun"], role=Role.AUTHOR).update(revoked_at=timezone.now())
    with pytest.raises(Http404):
        brought(world, draft, by="Jun")


def test_words_of_the_case_that_somebody_wrote_meanwhile_are_not_overwritten(world: World):
    from cases.models import CaseHeader
    from prose.moving import line_of

    draft = kept(world, b"# Report\n\n## A\n\nx", "r.md")
    title = CaseHeader.objects.get(case_id=world.case_id).title
    Text.objects.filter(pk=title.pk).update(content=line_of("Somebody was faster"))
    brought(world, draft)  # the proposal is made anew: it is not placed there any more
    assert said_in(document_of(read_case(world.case_id).header.title)) == "Somebody was faster"


def test_imported_rating_has_a_line_in_its_history(world: World):
    source = (
        "---\nsafetycase: 1\n---\n\n## Leaks {.pathway #P-AAAA rating=low confidence=high context=internal}\n\nWords.\n"
    )
    brought(world, kept(world, source.encode(), "case.md"))
    (change,) = RatingChange.objects.filter(case_id=world.case_id)
    assert (change.rating, change.confidence) == ("low", "high")


def test_trail_says_what_was_done_and_no_word(world: World):
    draft = kept(world)
    brought(world, draft)
    drop_draft(by=world.actor("Ada"), case_id=world.case_id, draft_id=kept(world))
    verbs = Counter(AuditEvent.objects.filter(case_id=world.case_id).values_list("verb", flat=True))
    assert (verbs["document_read"], verbs["document_imported"], verbs["document_dropped"]) == (2, 1, 1)
    assert verbs["part_created"] == sum(
        rows(world.case_id)[name] for name in ("sections", "pathways", "claims", "evidence", "terms")
    )
    targets = " ".join(AuditEvent.objects.values_list("target", flat=True))
    assert "Orrin" not in targets
    assert "report" not in targets


def test_file_itself_is_never_kept(world: World):
    kept(world)
    content = bytes(ImportDraft.objects.get().content)
    assert not content.startswith(b"PK")
    assert b"NEVERKEPT" not in content


def test_documents_that_wait_are_few_and_not_for_ever(world: World):
    for _ in range(5):
        kept(world, b"# A\n\nx", "r.md")
    with pytest.raises(CannotRead, match="wait to be imported"):
        kept(world, b"# A\n\nx", "r.md")
    ImportDraft.objects.filter(pk__in=list(ImportDraft.objects.values_list("pk", flat=True)[:3])).update(
        at=timezone.now() - timedelta(days=8)
    )
    tasks.sweep_releases()
    assert ImportDraft.objects.count() == 2
