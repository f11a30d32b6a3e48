"""One live text for those who read the case live: as the editor wants it, and as its page shows it.

The number of statements depends neither on the text nor on the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.safestring import SafeString

from cases.access import Actor, full_clearance
from cases.roles import Action
from cases.snapshot import audiences_of, register_of_case
from evidence.models import Assurance, Evidence
from pathways.models import Claim, Limitation, Part, Pathway, Section, Term
from prose.actions import Batch, batches_since
from prose.content import citations
from prose.html import render_document
from prose.models import Text
from prose.nodes import Json, Node, node_to_json
from prose.schema import TextSchema
from prose.shown import FullClearance, OpenText, open_text
from prose.terms import Glossary
from prose.typed import TYPED
from review.loaders.live import legend_for
from review.loaders.text_owners import COLUMNS, MODELS, PLAIN, WORDED, TextName, owner_of_text
from review.outline import anchor_of
from review.projection.glossary import glossary_from
from review.rendering import Surroundings, base_of
from review.states import PageKind

CITABLE: tuple[type[Part], ...] = (Section, Pathway, Claim, Evidence, Assurance, Limitation, Term)
# How deep the headings of a text stand: on its own page, and in the whole report. A line has none.
BELOW: Mapping[tuple[str, str], tuple[int, int]] = {
    ("case", "summary"): (2, 2),
    ("case", "scope"): (3, 2),
    ("case", "scope_out"): (3, 2),
    ("section", "body"): (1, 2),
    ("pathway", "argument"): (1, 2),
    ("pathway", "reason"): (2, 3),
    ("claim", "basis"): (2, 2),
    ("claim", "assumptions"): (2, 2),
    ("evidence", "description"): (2, 2),
    ("evidence", "conditions"): (2, 2),
    ("assurance", "statement"): (2, 2),
    ("limitation", "body"): (2, 3),
    ("term", "definition"): (2, 3),
}


@dataclass(frozen=True, slots=True)
class LiveText:
    """A text as the editor wants it; `name` is what it is of its object: "Argument"."""

    key: str
    kind: TextSchema
    version: int
    name: str
    may_write: bool
    content: dict[str, Json]


@dataclass(frozen=True, slots=True)
class TextHtml:
    """The inside of the element that carries `data-text`, at one version."""

    version: int
    html: SafeString


def text_of(actor: Actor, case_id: UUID, key: str) -> LiveText:
    """One text. Nobody writes in what is retired. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    opened, owner = _opened(case_id, key, clearance), owner_of_text(case_id, key)
    return LiveText(
        key=key,
        kind=opened.kind,
        version=opened.version,
        name=WORDED[owner.kind][owner.attribute] if owner else "Text",
        may_write=Action.WRITE in actions and not (owner and owner.retired),
        content=node_to_json(opened.document),
    )


def is_retired(case_id: UUID, key: str) -> bool:
    """Whether the text belongs to something that is retired, or to a link of it. One statement, once it is known whose it is."""
    try:
        kind, attribute = _home_of(case_id, key)
    except LookupError:
        return False
    rows = MODELS[kind]._default_manager.filter(case_id=case_id, **{f"{attribute}__key": key})
    return bool(rows.annotate(said_retired=COLUMNS.get(kind, PLAIN)[-1]).values_list("said_retired", flat=True)[0])


@lru_cache(maxsize=10_000)
def _home_of(case_id: UUID, key: str) -> tuple[str, str]:
    """Whose text it is, which never changes: kind and attribute. Raises LookupError, which is not remembered."""
    owner = owner_of_text(case_id, key)
    if owner is None:
        raise LookupError(key)
    return owner.kind, owner.attribute


def _opened(case_id: UUID, key: str, clearance: FullClearance, register: object = None) -> OpenText:
    try:
        text = Text.objects.get(scope_id=case_id, key=key)
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    return open_text(text.bound_to(register), clearance)


def steps_since(actor: Actor, case_id: UUID, key: str, since: int) -> tuple[int, tuple[Batch, ...]]:
    """The version of a text, and what took it there from an older one. Raises Http404."""
    full_clearance(actor, case_id)
    found = Text.objects.filter(scope_id=case_id, key=key).values_list("version", flat=True)
    if not found:
        raise Http404
    batches = batches_since(case_id, key, since)
    return max([found[0], *(batch.version for batch in batches)]), batches


def html_of(actor: Actor, case_id: UUID, key: str, page: str) -> TextHtml:
    """A text as the live page of that name shows it. Raises Http404."""
    clearance, _ = full_clearance(actor, case_id)
    loaded = register_of_case(case_id)
    opened, owner = _opened(case_id, key, clearance, loaded.register), owner_of_text(case_id, key)
    page = page if page.partition("/")[0] in set(PageKind) else (owner.page if owner else str(PageKind.FRONT))
    base = base_of(page)
    legend = legend_for(loaded.register, audiences_of(case_id, loaded.revealed), base)
    known = refs_there(case_id, _refs_in(opened.document), retired=False)
    around = Surroundings(
        base=base,
        legend=legend,
        known=known | set(legend),
        here=known if page == PageKind.REPORT else frozenset(),
        terms=_glossary(case_id, clearance),
        writing=True,
    )
    context = replace(around.context(), below=_below(owner, page))
    anchor = anchor_of(key) if opened.kind is TextSchema.BODY else ""
    return TextHtml(opened.version, render_document(opened.document, context, anchor))


def _below(owner: TextName | None, page: str) -> int:
    on_own_page, in_report = BELOW.get((owner.kind, owner.attribute), (1, 1)) if owner else (1, 1)
    return in_report if page == PageKind.REPORT else on_own_page


def _refs_in(document: Node) -> frozenset[str]:
    """The references that it cites, or names as plain words."""
    typed = (found[0] for leaf in document.leaves() if "-" in leaf.text for found in TYPED.finditer(leaf.text))
    return frozenset(typed) | frozenset(citations(document))


def refs_there(case_id: UUID, refs: frozenset[str], *, retired: bool = True) -> frozenset[str]:
    """Those of the references that name something which can be cited. One statement; none where there are none to look for."""
    if not refs:
        return frozenset()
    first, *others = (_refs_of(model, case_id, refs, retired=retired) for model in CITABLE)
    return frozenset(first.union(*others, all=True))


def _refs_of(model: type[Part], case_id: UUID, refs: frozenset[str], *, retired: bool) -> QuerySet[Part, str]:
    rows: QuerySet[Part] = model._default_manager.filter(case_id=case_id, ref__in=refs).order_by()
    return (rows if retired else rows.filter(retired=False)).values_list("ref", flat=True)


def _glossary(case_id: UUID, clearance: FullClearance) -> Glossary | None:
    rows = Term.objects.filter(case_id=case_id, retired=False).select_related("name").order_by("order")
    return glossary_from((row.ref, open_text(row.name.bound_to(None), clearance).document) for row in rows)
