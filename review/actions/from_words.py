"""From words to structure: a claim or evidence made of selected words, cited where they stand, and linked to what they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor
from cases.actions.hidden_alike import hiding_attribute
from cases.models import Redaction
from cases.redaction.facts import RedactionState
from evidence.actions.making import bearing_between, new_bearing, new_evidence
from evidence.models import Assurance
from evidence.values import Direction, EvidenceType
from pathways.actions.acting import CannotChange, begin
from pathways.actions.linking import link_between, new_support
from pathways.actions.making import new_claim
from pathways.actions.splitting import hide
from pathways.actions.texts import edit
from pathways.models import Part
from pathways.values import ClaimKind, Grade, SupportRole
from prose.anchors import Span
from prose.mapping import carry
from prose.marked import MarkedContent
from prose.models import Text
from prose.moving import CannotMove, citing, hidden_citations, line_of, words_in
from prose.schema import TextSchema
from review.loaders.text_owners import TextName, owner_of_text


@dataclass(frozen=True, slots=True)
class Selected:
    """Words as somebody selected them: in which text, at which version, from where to where."""

    text: str
    version: int
    span: Span


@dataclass(frozen=True, slots=True)
class Made:
    """What became of words: the reference, the link to what they belong to (or nothing), whether it is cited, the text's version."""

    ref: str
    link: str
    cited: bool
    version: int


Says = tuple[Direction, Grade]


@transaction.atomic
def make_claim(
    *, by: Actor, case_id: UUID, selected: Selected, kind: ClaimKind, role: SupportRole = SupportRole.LOAD_BEARING
) -> Made:
    """A claim that says the words, with all that hides them. A pathway or claim whose words they are rests on it.

    Raises Http404, CannotChange.
    """
    begin(by, case_id)
    text, owner, span = _found(case_id, selected)
    claim = new_claim(by, case_id, kind, {"statement": _words(text, span)})
    _hide(by, owner, claim)
    link = ""
    if owner.kind in ("pathway", "claim"):
        link = new_support(by, case_id, owner.ref, claim.ref, role, line_of("")).ref
    return _placed(by, text, span, claim, link)


@transaction.atomic
def make_evidence(*, by: Actor, case_id: UUID, selected: Selected, kind: EvidenceType, says: Says) -> Made:
    """Evidence that is called by the words, with all that hides them. It bears on the claim whose words they are.

    Raises Http404, CannotChange.
    """
    begin(by, case_id)
    text, owner, span = _found(case_id, selected)
    evidence = new_evidence(by, case_id, kind, {"title": _words(text, span)})
    _hide(by, owner, evidence)
    link = ""
    if owner.kind == "claim":
        link = new_bearing(by, case_id, (evidence.ref, owner.ref), says, line_of("")).ref
    return _placed(by, text, span, evidence, link)


@transaction.atomic
def link_cited(*, by: Actor, case_id: UUID, text_key: str, ref: str, role: SupportRole, says: Says) -> str:
    """Link what a text cites to what the text belongs to, unless it is already. Returns the link's reference, or nothing.

    A pathway or claim comes to rest on a claim; evidence comes to bear on a claim. Raises Http404, CannotChange.
    """
    begin(by, case_id)
    owner = _standing(owner_of_text(case_id, text_key))
    if owner.kind in ("pathway", "claim") and ref.startswith("C"):
        if link := link_between(case_id, owner.ref, ref):
            return link
        _require_cited_in_the_open(case_id, text_key, owner, ref)
        return new_support(by, case_id, owner.ref, ref, role, line_of("")).ref
    if owner.kind == "claim" and ref.startswith("E"):
        if link := bearing_between(case_id, ref, owner.ref):
            return link
        _require_cited_in_the_open(case_id, text_key, owner, ref)
        return new_bearing(by, case_id, (ref, owner.ref), says, line_of("")).ref
    return ""


def _require_cited_in_the_open(case_id: UUID, text_key: str, owner: TextName, ref: str) -> None:
    """A link says to everybody what a citation under a mark says only to some."""
    text = Text.objects.get(scope_id=case_id, key=text_key)
    cited = hidden_citations(text.content, TextSchema(text.kind), ref)
    lifted = Redaction.objects.filter(case_id=case_id, state=RedactionState.LIFTED).values_list("ref", flat=True)
    shows = frozenset(lifted)
    if cited and all(over - shows for over in cited):
        raise CannotChange(
            f"{ref} is cited only in hidden words here, and a link would tell that it is cited. "
            f"Make the link on the page of {owner.ref}, and hide it there."
        )


def _found(case_id: UUID, selected: Selected) -> tuple[Text, TextName, Span]:
    """The text, locked; whose it is; and the range as it stands now. Raises Http404, CannotChange."""
    text = Text.objects.select_for_update().filter(scope_id=case_id, key=selected.text).first()
    if text is None:
        raise Http404
    owner = _standing(owner_of_text(case_id, selected.text))
    if selected.version > text.version:
        raise CannotChange("Load the page again and select the words anew.")
    _require_shown_like_words(case_id, owner)
    later = text.log.filter(version__gt=selected.version).order_by("version").values_list("steps", flat=True)
    return text, owner, carry(selected.span, later)


def _standing(owner: TextName | None) -> TextName:
    if owner is None:
        raise Http404
    if owner.retired:
        raise CannotChange(f"{owner.ref} is retired: bring it back first.")
    return owner


def _require_shown_like_words(case_id: UUID, owner: TextName) -> None:
    """What hides a text without a mark must be something that can hide the new part too."""
    if owner.kind == "rating":
        raise CannotChange("Why a rating changed stays inside; write the words themselves where readers see them.")
    if owner.kind == "tag":
        raise CannotChange(
            "Outside, the name of a group is read only where a claim that they may see carries it. "
            "Write what you claim in words of your own."
        )
    if owner.kind == "assurance":
        row = Assurance.objects.select_related("owner").get(case_id=case_id, ref=owner.ref)
        if not row.owner.named_outside or hiding_attribute(case_id, owner.ref, "owner"):
            raise CannotChange(
                f"{owner.ref} is withheld from readers who may not know whose word it is, and these words would be shown to them. "
                "Write what you claim in words of your own."
            )


def _words(text: Text, span: Span) -> MarkedContent:
    try:
        return words_in(text.content, TextSchema(text.kind), span)
    except CannotMove as error:
        raise CannotChange(str(error)) from error


def _hide(by: Actor, owner: TextName, made: Part) -> None:
    """Words of something hidden are hidden as it is, and so is what is made of them; of a link, as its ends are too."""
    hide(by, [owner.ref, *filter(None, owner.ends)], made)


def _placed(by: Actor, text: Text, span: Span, made: Part, link: str) -> Made:
    """Cite it right after the words, where a citation can stand."""
    cited = True
    try:
        edit(by, text, citing(span.end, made.ref))
    except CannotMove:
        cited = False
    now = Text.objects.values_list("version", flat=True).get(pk=text.pk)
    return Made(made.ref, link, cited, now)
