"""How much was done in a case that can hide more: both logs only grow, so a number names exactly what is in them."""

from __future__ import annotations

from uuid import UUID

from cases.models import RedactionEvent
from cases.redaction_states import HIDES_MORE
from prose.models import Step, Why


def hiding_acts(case_id: UUID) -> int:
    """Marks laid in texts, and decisions that hide more. The same number means that nothing was hidden in between, whatever clocks say."""
    decided = RedactionEvent.objects.filter(redaction__case_id=case_id, verb__in=HIDES_MORE)
    marked = Step.objects.filter(text__scope_id=case_id, why__in=(Why.MARKED, Why.UNMARKED))
    return marked.count() + decided.count()
