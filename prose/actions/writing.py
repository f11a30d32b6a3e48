"""The authority that accepts edits: steps against a version of a text, under the lock of its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from prose.actions.log import Batch, later_batches, next_version
from prose.actions.statements import LockedText, lock
from prose.authority import Advanced, advance
from prose.guard import BadSteps, parsed_steps
from prose.library import read_document, stored_document
from prose.models import Why
from prose.nodes import Json

Among = Callable[[frozenset[str]], frozenset[str]]  # those of some keys or references that are there


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted: the version now, and all batches after the one that the client had, its own included.

    `again`: this operation was accepted before, and nothing was applied now.
    """

    version: int
    batches: tuple[Batch, ...]
    again: bool = False


class Stale(Exception):
    """The text went on since; rebase on these batches and send again."""

    def __init__(self, version: int, batches: tuple[Batch, ...]) -> None:
        super().__init__(f"the text is at version {version}")
        self.version, self.batches = version, batches


def none_of(keys: frozenset[str]) -> frozenset[str]:
    """Where nobody says which there are, there are none."""
    return frozenset()


def all_of(keys: frozenset[str]) -> frozenset[str]:
    """For a command that looked itself."""
    return keys


def accept_steps(  # noqa: PLR0913  # a batch is these things
    *,
    scope_id: UUID,
    key: str,
    version: int,
    operation_id: UUID,
    steps: Json,
    by_id: UUID,
    known: frozenset[str],
    files: Among = none_of,
    refs: Among = none_of,
) -> Accepted:
    """Apply what a client sent to the version that it had. `known`: the redactions that new words may carry.

    `files` and `refs` say which of some pictures may be shown and references cited; asked only when steps bring any in.
    The same operation again is acknowledged and not applied. Locks the text. Raises Text.DoesNotExist, Stale, BadSteps.
    """
    text = lock(scope_id, key)
    if version > text.version:
        raise BadSteps("This text has not come to that version yet: load the page again.")
    found = later_batches(text, version, operation_id)
    since = tuple(batch for batch in found if batch.version > version)
    if any(batch.operation_id == operation_id for batch in found):
        return Accepted(text.version, since, again=True)
    if since:
        raise Stale(text.version, since)
    made = advance(read_document(text.content, text.kind), parsed_steps(steps, text.kind), known)
    _require_there(made, files, refs)
    batch = _store(text, made, by_id=by_id, why=Why.WRITTEN, operation_id=operation_id)
    return Accepted(text.version, (batch,))


def edit_text(  # noqa: PLR0913  # an edit is these things
    *,
    scope_id: UUID,
    key: str,
    by_id: UUID,
    why: Why,
    known: frozenset[str],
    make: Callable[[LibraryNode], list[LibraryStep]],
    version: int | None = None,
    files: Among = all_of,
    refs: Among = all_of,
) -> int:
    """A command's own edit: `make` gives the steps for the document as it is now; returns the new version.

    What goes for an edit goes for it, the rule that marks never slip included: steps should replace as little as can be, for
    what replaces hidden words becomes hidden. No steps: nothing is stored. With `version`, only if the text still stands there.
    Locks the text. Raises Text.DoesNotExist, Stale, BadSteps.
    """
    text = lock(scope_id, key)
    if version is not None and version != text.version:
        raise Stale(text.version, ())
    document = read_document(text.content, text.kind)
    steps = make(document)
    if not steps:
        return text.version
    made = advance(document, steps, known)
    _require_there(made, files, refs)
    _store(text, made, by_id=by_id, why=why)
    return text.version


def _require_there(made: Advanced, files: Among, refs: Among) -> None:
    if made.pictures and made.pictures - files(made.pictures):
        raise BadSteps("This change shows a picture that is not here: add the picture first.")
    if made.cited and (gone := made.cited - refs(made.cited)):
        raise BadSteps(f"There is no {min(gone)} here to cite: type @ and choose what to cite.")


def _store(text: LockedText, made: Advanced, *, by_id: UUID, why: Why, operation_id: UUID | None = None) -> Batch:
    steps = [cast("Json", step.to_json()) for step in made.steps]
    content = stored_document(made.document)
    return next_version(text, content, steps, by_id=by_id, why=why, operation=operation_id)
