"""What the team did in the last days: two sentences rewritten, and four things said about words, one of each kind."""

from __future__ import annotations

from uuid import UUID, uuid4

from cases.access import Actor
from cases.actions.writing import write
from pathways.models import Pathway
from prose.anchors import Span
from prose.nodes import Json, node_from_json
from review.actions.talk.saying import go_on, say
from review.demo.places import position
from review.loaders.texts import text_of
from review.talk.about import AboutWords
from review.talk.states import ThreadKind

REWRITTEN = (
    ("Jun", "P-3T2P", "of 61 stores, 18 are done", "of 61 stores, 23 are done"),
    ("Ada", "P-MDJ7", "it is planned for January", "it is planned for the second week of January"),
)
DOUBT = (
    "Then the formula above persuades nobody, and it is the first thing a reader will quote. Either say how alike two acts would have "
    "to be for the chance to reach one in ten, or take it out."
)
QUESTION = (
    "The last report named a month as well, and missed it. Do we name one again, or say only that it is being built?"
)
COMMENT = "This is the sentence that outside readers thanked us for. Please keep it whatever else is shortened."
NAMED = "Agreed. @Ada, it should also stand in the summary."
SUGGESTION = "Eleven weeks without a hit are too few to mean anything."
WHY = "Says how long, and says it once."


def work_together(case_id: UUID, actors: dict[str, Actor]) -> None:
    """Each step by the action that a person would use."""
    for name, ref, old, new in REWRITTEN:
        _rewrite(case_id, actors[name], ref, old, new)
    sten, jun, mina, ada = (actors[name] for name in ("Sten", "Jun", "Mina", "Ada"))
    _say(case_id, sten, "P-MDJ7", "whoever misses the first is likely to miss the rest", ThreadKind.DOUBT, DOUBT)
    _say(case_id, mina, "P-3T2P", "should be in service in February", ThreadKind.QUESTION, QUESTION, to_id=ada.id)
    kept = _say(case_id, sten, "P-3T2P", "We cannot say how many leaks there have been.", ThreadKind.COMMENT, COMMENT)
    go_on(by=jun, case_id=case_id, thread_id=kept, body=NAMED)
    replaced = "It has found nothing, and it is too early for that to mean anything."
    _say(case_id, jun, "P-3T2P", replaced, ThreadKind.SUGGESTION, WHY, wording=SUGGESTION)


def _rewrite(case_id: UUID, by: Actor, ref: str, old: str, new: str) -> None:
    about = _place(case_id, by, ref, old)
    slice_: Json = {"content": [{"type": "text", "text": new}]}
    step: Json = {"stepType": "replace", "from": about.span.start, "to": about.span.end, "slice": slice_}
    write(
        by=by,
        case_id=case_id,
        text_key=about.key,
        version=about.version,
        operation_id=uuid4(),
        steps=[step],
    )


def _say(  # a thread is these things
    case_id: UUID,
    by: Actor,
    ref: str,
    words: str,
    kind: ThreadKind,
    body: str,
    *,
    to_id: UUID | None = None,
    wording: str = "",
) -> UUID:
    about = _place(case_id, by, ref, words)
    return say(by=by, case_id=case_id, about=about, kind=kind, body=body, to_id=to_id, wording=wording)


def _place(case_id: UUID, by: Actor, ref: str, words: str) -> AboutWords:
    """Where these words stand in the argument of a pathway now. Raises LookupError."""
    key = Pathway.objects.select_related("argument").get(case_id=case_id, ref=ref).argument.key
    text = text_of(by, case_id, key)
    start = position(node_from_json(text.content), words)
    if start is None:
        raise LookupError(words)
    return AboutWords(key=key, version=text.version, span=Span(start, start + len(words)))
