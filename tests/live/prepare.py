"""`python -m tests.live.prepare N` in a home of its own: the database, two cases, the cast, N writers, and sessions for all. JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

TWO_PAGES = 900  # words


def main(writers: int) -> None:
    """Set up and say who has which cookie, and which text has which key."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("set_up_database", stdout=sys.stderr)
    from tests.world import grant_all, import_raw, people

    users = people()
    case_id = import_raw(case_with_texts(writers))
    other_id = import_raw(case_with_texts(writers + 1, "K-XXXX"))
    grant_all(case_id, users)
    users |= add_writers(case_id, writers)
    made = {
        "case": str(case_id),
        "other": str(other_id),
        "people": {name: {"id": str(user.pk), "cookie": session(user)} for name, user in users.items()},
        "texts": texts_of(case_id),
        "foreign": min(set(texts_of(other_id).values()) - set(texts_of(case_id).values())),
        "grants": grants_of(case_id),
    }
    print(json.dumps(made))


def case_with_texts(count: int, reference: str = "K-TEST") -> dict[str, Any]:
    """One section for each writer and one that some share, two pages each."""
    from tests.bench.material import ref
    from tests.bench.words import Words
    from tests.case_builder import CaseBuilder

    words, case = Words(1), CaseBuilder(reference)
    case.redaction("R-AAAA", ground="security")
    for number in range(count + 1):
        sentences = words.sentences(TWO_PAGES)
        parts = [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
        parts[1] = f"[[R-AAAA {parts[1]}]]"
        case.section(ref("S", number), f"Section {number}", "\n\n".join(parts))
    return case.file


def add_writers(case_id: UUID, count: int) -> dict[str, Any]:
    """Authors of that case alone."""
    from django.utils import timezone

    from cases.models import Grant, Side, User

    made = {}
    for number in range(count):
        name = f"Writer {number}"
        made[name] = User.objects.create_user(email=f"w{number}@inside.example", name=name, side=Side.INSIDE)
        until = timezone.now() + timedelta(days=1)
        Grant.objects.create(user=made[name], case_id=case_id, role="author", why="test", expires_at=until)
    return made


def texts_of(case_id: UUID) -> dict[str, str]:
    """Section → the key of its body."""
    from pathways.models import Section

    rows = Section.objects.filter(case_id=case_id)
    return dict(rows.values_list("ref", "body__key"))


def grants_of(case_id: UUID) -> dict[str, str]:
    """Name → one grant."""
    from cases.models import Grant

    return {name: str(key) for name, key in Grant.objects.filter(case_id=case_id).values_list("user__name", "pk")}


def session(user: Any) -> str:
    """Signed in as the site does it, password apart."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="cases.accounts.backend.SideBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
