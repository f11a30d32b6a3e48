"""Where the demo begins: a draft out for review, remarks on it, one of them answered, and a release that the check holds."""

from __future__ import annotations

import json
from uuid import UUID

from cases.access import Actor
from prose.anchors import Span
from review.actions.releases import approve_release, start_release
from review.actions.threads import open_thread, reply
from review.demo.places import position
from review.models import Edition, EditionPart, Release
from review.page_texts import texts_on
from review.states import Purpose
from review.tasks import make_release

# Written by people; the release check compares them with what is hidden in each edition.
REVIEW_STATEMENTS = {
    "all_staff": "",
    "external_reviewer": (
        "One sentence is withheld from you on the ground of a legal duty, and two names on the ground of third party confidence; in "
        "their place stand words agreed with you. Two of the four assurances are closed because their owners are not named outside. "
        "Nothing else is withheld."
    ),
}
PUBLIC_STATEMENT = {
    "public": (
        "Sixteen passages, values and items are withheld: on the grounds of security, test contamination, third party confidence, "
        "intellectual property, public safety, privacy and legal duty, and because one control is not yet announced. The external "
        "reviewer has read all but three of them. Where what is withheld bears load, it says so. Two of the four assurances are "
        "closed because their owners are not named outside."
    )
}
ALERT = (
    "So the alert that was written for this has never been shown to fire at this rate. Was the new one tried before the draft "
    "went out? If not, I would say so in the claim, and not only here."
)
ANSWER = (
    "It was not. The repeat is set for the first week of December. Until then we treat the alert as absent, which is why the claim "
    "is in doubt and why this pathway does not rest on it. We will move that sentence into the claim."
)
ESTIMATE = (
    "Then I would strike the figure of ten as well. A number without a basis is the part that readers will remember."
)
REMARKS = (
    ("Rhea", "pathways/P-8LHW", "a person noticed on the ninth day, by chance", ALERT, ANSWER),
    ("Rhea", "pathways/P-3T2P", "we have no basis for one in five", ESTIMATE, ""),
)


def tell(case_id: UUID, actors: dict[str, Actor]) -> None:
    """Play it, each step by the action that a person would use."""
    _release(actors, case_id)
    edition = Edition.objects.get(case_id=case_id, audience_key="external_reviewer")
    for name, page, words, body, answer in REMARKS:
        text_key, span = place_of(edition.id, page, words)
        by = actors[name]
        thread = open_thread(by=by, edition_id=edition.id, page=page, text_key=text_key, span=span, body=body)
        if answer:
            reply(by=actors["Jun"], case_id=case_id, thread_id=thread, body=answer)
    held = start_release(
        by=actors["Ada"], case_id=case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=PUBLIC_STATEMENT
    )
    make_release(str(held))


def _release(actors: dict[str, Actor], case_id: UUID) -> None:
    """Edition 1, asked for by Ada and approved by Mina."""
    release_id = start_release(
        by=actors["Ada"], case_id=case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=REVIEW_STATEMENTS
    )
    make_release(str(release_id))
    release = Release.objects.get(pk=release_id)
    digests = dict(release.editions.filter(unchanged=False).values_list("audience_key", "digest"))
    approve_release(by=actors["Mina"], release_id=release_id, digests=digests)


def place_of(edition_id: UUID, page: str, words: str) -> tuple[str, Span]:
    """Where these words stand on a page of an edition, as a reader would select them. Raises LookupError."""
    part = EditionPart.objects.get(edition_id=edition_id, page=page)
    for key, document in texts_on(json.loads(part.content)):
        if (start := position(document, words)) is not None:
            return key, Span(start, start + len(words))
    raise LookupError(words)
