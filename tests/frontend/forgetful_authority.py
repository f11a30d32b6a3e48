"""A seeded fault: the authority on a pipe, which forgets that a mark never slips."""

from __future__ import annotations

from prose import authority
from tests.prose.authority_on_pipe import main

authority.missing_marks = lambda *_: []  # type: ignore[assignment]

if __name__ == "__main__":
    main()
