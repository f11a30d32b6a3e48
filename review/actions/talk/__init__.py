"""All writes to what is said inside: saying something, going on, and what becomes of it."""

from review.actions.talk.moving import accept, move
from review.actions.talk.refusal import CannotBeSaid
from review.actions.talk.saying import go_on, say, say_imported

__all__ = ["CannotBeSaid", "accept", "go_on", "move", "say", "say_imported"]
