"""What cards of threads inside need."""

from __future__ import annotations

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cases.hiding import KINDS
from review.talk.mentions import Names
from review.talk.states import CHANGES, ThreadVerb

register = template.Library()

# What a button says, and the question above the field for the reason.
BUTTONS = {
    ThreadVerb.RESOLVED: ("Resolve", ""),
    ThreadVerb.REOPENED: ("Open again", ""),
    ThreadVerb.SUSTAINED: ("Sustain", "Why the doubt stands"),
    ThreadVerb.ANSWERED: ("Answer", "What answers it"),
    ThreadVerb.RESIDUAL: ("Accept as residual", "Why it can stay unanswered"),
    ThreadVerb.DOUBTED_AGAIN: ("Doubt again", "Why the answer does not do"),
    ThreadVerb.REJECTED: ("Reject", "Why not"),
    ThreadVerb.WITHDRAWN: ("Withdraw", ""),
}


@register.filter
def mentioning(words: str, names: Names | None) -> SafeString:
    """Words with the people whom they mention set off."""
    if not names:
        return escape(words)
    pieces = (format_html("<b>{}</b>" if is_name else "{}", said) for said, is_name in names.pieces(words))
    return mark_safe("".join(pieces))  # noqa: S308  # every piece is escaped


@register.filter
def button(verb: ThreadVerb) -> str:
    """What the button says that does it."""
    return BUTTONS[verb][0]


@register.filter
def question(verb: ThreadVerb) -> str:
    """What is asked above the field for the reason."""
    return BUTTONS[verb][1]


@register.filter
def needs_why(verb: ThreadVerb) -> bool:
    """Whether it takes a reason."""
    return CHANGES[verb].needs_why


@register.filter
def slug(verb: ThreadVerb) -> str:
    """The act's name in its address."""
    return verb.value.replace("_", "-")


@register.filter
def kind_of(ref: str) -> str:
    """What a reference names, as a word: "claim"."""
    return KINDS.get(ref[:1], "case")
