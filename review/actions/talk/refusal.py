"""The one refusal of everything that is said inside."""

from __future__ import annotations


class CannotBeSaid(ValueError):
    """This can't be said or done now; the message says why, `field` names what to change."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.why, self.field = why, field
