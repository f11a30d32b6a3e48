"""All writes to texts. Each locks the text, so call them inside a transaction."""

from prose.actions.creating import create_text
from prose.actions.log import Batch, batches_since
from prose.actions.marking import hide_what_is_hidden, is_marked_somewhere, mark_words, unmark_words
from prose.actions.writing import Accepted, Stale, accept_steps, edit_text
from prose.guard import BadSteps

__all__ = [
    "Accepted",
    "BadSteps",
    "Batch",
    "Stale",
    "accept_steps",
    "batches_since",
    "create_text",
    "edit_text",
    "hide_what_is_hidden",
    "is_marked_somewhere",
    "mark_words",
    "unmark_words",
]
