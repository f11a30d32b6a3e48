"""A live case as Markdown, for who may read all of it."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from cases.access import Actor, full_clearance
from cases.models import Case
from prose.shown import open_text
from review.bringing.markdown.case_out import Writer
from review.loaders.figures import figures_in
from review.snapshot import read_case

NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9-]")


def file_name(case_id: UUID) -> str:
    """What the file is called: that it holds what is hidden, and of which case. No word of the case. For who may read all of it."""
    reference = Case.objects.values_list("reference", flat=True).get(pk=case_id)
    return f"{NOT_IN_A_NAME.sub('', reference)}-inside-only.md"


def case_as_markdown(actor: Actor, case_id: UUID) -> str:
    """The whole case as it stands at one moment. Raises Http404."""
    steady = not connection.in_atomic_block  # a caller's transaction, as in tests, is what it is
    with transaction.atomic():
        if steady:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        clearance, _ = full_clearance(actor, case_id)
        case, pictures = read_case(case_id), figures_in(case_id)
    return Writer(case, lambda text: open_text(text, clearance).document, pictures).whole()
