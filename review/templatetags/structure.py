"""What live pages need to change the structure: the forms of their dialogs, and the name of what a page is about."""

from __future__ import annotations

from django import template
from django.forms import Form

from review.forms.joining import ClaimOfWordsForm, EvidenceOfWordsForm
from review.rendering import page_of

register = template.Library()
FORMS = {"claim": ClaimOfWordsForm, "evidence": EvidenceOfWordsForm}
WHAT = {"sections": "section", "pathways": "pathway", "claims": "claim", "evidence": "evidence"}


@register.simple_tag
def form_of_words(name: str, refused: object = None) -> Form:
    """The form of a dialog: the one that was refused, with what was chosen in it, or an empty one."""
    return refused if isinstance(refused, FORMS[name]) else FORMS[name](auto_id=f"{name}_of_words_%s")


@register.filter
def what(kind: str) -> str:
    """What a page is about, as a word: "pathway"."""
    return WHAT.get(str(kind), "part")


@register.filter
def stands_at(ref: str) -> str:
    """Where a part stands live, below the front page: its own page, or its place in a list."""
    page = page_of(ref)
    return f"{page}/" if "/" in page else f"{page}/#{ref}"
