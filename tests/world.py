"""One world for page tests: a case with things hidden in every way, the cast with their grants, editions, a thread and a reply."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image

from cases.access import Actor
from cases.figures import reencoded
from cases.models import CaseAudience, Grant, Organisation, OrganisationCeiling, Side, User
from cases.roles import Role
from prose.anchors import Span
from review.actions.releases import approve_release, start_release
from review.actions.threads import open_thread, reply
from review.case_file.checking import checked
from review.case_file.reading import read_bytes
from review.case_file.writing import import_case
from review.models import Edition, EditionPart, Release
from review.page_texts import text_on_page
from review.states import Purpose
from review.tasks import make_release
from tests.case_builder import CaseBuilder

CANARY = "QXCANARY"
CAST: dict[str, tuple[Side, str, tuple[tuple[Role, str], ...]]] = {
    "Ada": (Side.INSIDE, "", ((Role.MANAGER, ""), (Role.AUTHOR, ""))),
    "Mina": (Side.INSIDE, "", ((Role.MANAGER, ""),)),
    "Jun": (Side.INSIDE, "", ((Role.AUTHOR, ""),)),
    "Lex": (Side.INSIDE, "", ((Role.DECIDER, ""),)),
    "Sten": (Side.INSIDE, "", ((Role.STRESS_TESTER, ""),)),
    "Sofia": (Side.INSIDE, "", ((Role.INSIDE_READER, "all_staff"),)),
    "Rhea": (Side.OUTSIDE, "Meridian", ((Role.EXTERNAL_REVIEWER, "external_reviewer"),)),
    "Omar": (Side.OUTSIDE, "Meridian", ((Role.EXTERNAL_REVIEWER, "public"),)),
    "Vik": (Side.OUTSIDE, "Northlight", ((Role.EXTERNAL_REVIEWER, "external_reviewer"),)),
    "Noor": (Side.INSIDE, "", ()),
    "Nadia": (Side.OUTSIDE, "Northlight", ()),
    "Aud": (Side.INSIDE, "", ((Role.AUDITOR, ""),)),
}


def secret_case(secret: str = CANARY) -> dict[str, Any]:
    """Words, an attribute, a link and objects hidden; every hidden word carries the secret."""
    case = CaseBuilder()
    for ref in ("R-WRDS", "R-ATTR", "R-LNKS", "R-MASK", "R-GGNE"):
        target: dict[str, Any] = {
            "R-WRDS": None,
            "R-ATTR": {"kind": "attribute", "ref": "C-AAAA", "name": "grade"},
            "R-LNKS": {"kind": "link", "ref": "L-BBBB"},
            "R-MASK": {"kind": "object", "ref": "C-MASK", "how": "masked"},
            "R-GGNE": {"kind": "object", "ref": "E-GNNE", "how": "omitted"},
        }[ref]
        case.redaction(ref, reason=f"{secret} reason", target=target)
    case.redaction("R-PUBL", ground="security", note="A security matter.", reason=f"{secret} reason")
    case.section(
        "S-AAAA", "Scope and terms", f"Plain words. [[R-WRDS {secret}one hidden]] and after.\n\nMore {{C-AAAA}}."
    )
    argument = (
        f"It would need weights, kept by [[R-WRDS {secret}two team]], which [[R-PUBL holds the keys]] {{C-AAAA}}."
    )
    case.pathway("P-AAAA", "Self-exfiltration of weights", argument)
    case.pathway("P-BBBB", f"Leaks of [[R-WRDS {secret}three]]", "Words.")
    case.claim("C-AAAA", f"Weights are read by [[R-WRDS {secret}four]] only.")
    case.claim("C-MASK", f"{secret}five masked claim", basis=f"{secret}six")
    case.claim("C-BBBB", "Egress is capped.")
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.support("L-BBBB", "P-AAAA", "C-BBBB", reason=f"{secret}seven link")
    case.support("L-CCCC", "P-AAAA", "C-MASK", reason=f"{secret}eight")
    case.evidence("E-AAAA", "A drill", f"Took [[R-WRDS {secret}nine]] minutes.")
    case.evidence("E-GNNE", f"{secret}ten omitted", f"{secret}eleven")
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    case.bearing("B-BBBB", "E-GNNE", "C-AAAA", place=f"{secret}twelve")
    _and_the_rest(case, secret)
    return case.file


def _and_the_rest(case: CaseBuilder, secret: str) -> None:
    """An assurance, a limitation, a group, and a rating that changed."""
    case.person("owen", "Owen Outside", named_outside=True)
    case.tag("G-AAAA", f"Weights [[R-WRDS {secret}thirteen]]")
    case.file["claims"][0] |= {"tags": ["G-AAAA"], "owner": "ada"}
    case.assurance("A-AAAA", f"Nobody [[R-WRDS {secret}fourteen]] the log.", "owen", claim="C-AAAA")
    case.limitation("N-AAAA", "Awareness", f"It may [[R-WRDS {secret}fifteen]] know.")
    case.term("T-AAAA", "Egress", f"What [[R-WRDS {secret}eighteen]] leaves.", tentative=True)
    case.term("T-BBBB", f"Weights [[R-WRDS {secret}nineteen]]", "What it is made of.")
    change = {"on": "2026-01-01", "rating": "low", "confidence": None, "why": case.line(f"{secret}sixteen")}
    case.file["pathways"][0]["history"] = [change]
    body = case.file["sections"][0]["body"]["content"]["content"]
    for key, ref in FIGURES.items():
        body.append(figure(key, f"{secret} picture" if ref == "R-WRDS" else "A picture", ref))
        case.file["files"].append({"key": key, "data": base64.b64encode(pixels_of(key)).decode()})


# Figures by the redaction that hides each: nobody loses the first, Public the second, all but Full the third.
SHOWN_FIGURE, REVIEWED_FIGURE, HIDDEN_FIGURE = "f-aaaaaaaaaaaaaaaa", "f-bbbbbbbbbbbbbbbb", "f-cccccccccccccccc"
FIGURES = {SHOWN_FIGURE: "", REVIEWED_FIGURE: "R-PUBL", HIDDEN_FIGURE: "R-WRDS"}


def figure(key: str, alt: str, ref: str = "") -> dict[str, Any]:
    """A figure without a caption, as a text holds it."""
    marks = [{"type": "redaction", "attrs": {"ref": ref}}] if ref else []
    image = {"type": "image", "attrs": {"file": key, "alt": alt}, **({"marks": marks} if marks else {})}
    return {"type": "figure", "content": [image]}


def pixels_of(key: str) -> bytes:
    """A small picture, another one for each key, as it is stored."""
    made = io.BytesIO()
    Image.frombytes("RGB", (4, 4), hashlib.sha256(key.encode()).digest() + bytes(16)).save(made, "PNG")
    return reencoded(made.getvalue())


STATEMENTS = {
    "full": "",
    "all_staff": "",
    "external_reviewer": "Some passages are withheld under a legal duty.",
    "public": "Some passages are withheld under a legal duty, some for security.",
}


@dataclass
class World:
    """What was made."""

    case_id: UUID
    users: dict[str, User]
    editions: dict[str, UUID] = field(default_factory=dict)
    release_id: UUID | None = None
    thread_id: UUID | None = None

    def actor(self, name: str) -> Actor:
        """Somebody of the cast."""
        user = self.users[name]
        return Actor(user.pk, user.name, Side(user.side), user.organisation_id)


def people() -> dict[str, User]:
    """The cast, without grants."""
    organisations = {name: Organisation.objects.create(name=name) for name in ("Meridian", "Northlight")}
    return {
        name: User.objects.create_user(
            email=f"{name.lower()}@{side.value}.example",
            name=name,
            side=side,
            password="a long pass phrase",  # of a test
            organisation=organisations.get(organisation),
        )
        for name, (side, organisation, _) in CAST.items()
    }


def grant_all(case_id: UUID, users: dict[str, User]) -> None:
    """What CAST says."""
    audiences = {audience.key: audience for audience in CaseAudience.objects.filter(case_id=case_id)}
    for organisation in Organisation.objects.all():
        OrganisationCeiling.objects.create(
            organisation=organisation, case_id=case_id, audience=audiences["external_reviewer"]
        )
    for name, (_, _, roles) in CAST.items():
        for role, key in roles:
            Grant.objects.create(
                user=users[name],
                case_id=case_id,
                role=role,
                audience=audiences.get(key),
                grounds=["legal_duty", "security"] if role is Role.DECIDER else [],
                why=f"{CANARY} why",
                expires_at=timezone.now() + timedelta(days=30),
            )


def release(world: World, statements: dict[str, str] | None = None) -> UUID:
    """Ada asks, the worker makes, Mina approves; the editions' ids go into the world."""
    release_id = start_release(
        by=world.actor("Ada"),
        case_id=world.case_id,
        purpose=Purpose.DRAFT_FOR_REVIEW,
        statements=statements or STATEMENTS,
    )
    make_release(str(release_id))
    made = Release.objects.get(pk=release_id)
    assert made.state == "ready", (made.state, made.failure, made.findings)
    digests = dict(made.editions.filter(unchanged=False).values_list("audience_key", "digest"))
    approve_release(by=world.actor("Mina"), release_id=release_id, digests=digests)
    for edition in Edition.objects.filter(case_id=world.case_id).order_by("number"):
        world.editions[edition.audience_key] = edition.id
    world.release_id = release_id
    return release_id


def import_raw(raw: dict[str, Any], *, as_new: bool = False) -> UUID:
    """Import a case file given as a dictionary."""
    return import_case(case_file=checked(read_bytes(json.dumps(raw).encode())), as_new=as_new)


def make_world(raw: dict[str, Any] | None = None) -> World:
    """Case, cast, grants and editions for three audiences."""
    users = people()
    case_id = import_raw(raw or secret_case())
    world = World(case_id, users)
    grant_all(case_id, users)
    release(world)
    return world


def comment_as(world: World, name: str, audience: str, body: str, words: str = "Plain words") -> UUID:
    """Open a thread on words of the section's body in an edition."""
    edition = world.editions[audience]
    part = EditionPart.objects.get(edition_id=edition, page="sections/S-AAAA")
    content = json.loads(part.content)
    key = content["section"]["body"]["text"]
    document = text_on_page(content, key)
    assert document is not None
    start = 1 + document.content[0].content[0].text.index(words)
    return open_thread(
        by=world.actor(name),
        edition_id=edition,
        page="sections/S-AAAA",
        text_key=key,
        span=Span(start, start + len(words)),
        body=body,
    )


def answer(world: World, thread_id: UUID, body: str = "Thank you.") -> None:
    """Ada replies."""
    reply(by=world.actor("Ada"), case_id=world.case_id, thread_id=thread_id, body=body)
