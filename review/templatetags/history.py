"""What pages of history need: a difference as paragraphs, in any template that knows what marks say."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from review.history.differences import Difference, Row
from review.history.rendering import Legend, render_difference, render_stretches

register = template.Library()


@register.simple_tag
def difference(found: Difference, legend: Legend) -> SafeString:
    """Every paragraph in which something changed, and how many stand between them."""
    return render_difference(found, legend)


@register.simple_tag
def paragraph(row: Row, legend: Legend) -> SafeString:
    """The words of one paragraph, without the element around it."""
    return render_stretches(row.stretches, legend)
