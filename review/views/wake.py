"""Waking the worker. The row is the truth: if no message gets through, the sweep finds it."""

from __future__ import annotations

import logging
from uuid import UUID

from kombu.exceptions import OperationalError

from review.tasks import make_release

log = logging.getLogger(__name__)


def wake_worker(release_id: UUID) -> None:
    """Send the worker a message after the row is committed."""
    try:
        make_release.delay(str(release_id))
    except OperationalError:
        log.warning("the broker did not take a message; the sweep will find the release")
