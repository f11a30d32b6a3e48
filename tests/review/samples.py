"""What a sample is: one request that drives a route."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.world import World


@dataclass(frozen=True)
class Sample:
    """One request."""

    path: str
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)  # for the client: the content type


Maker = Callable[[World], list[Sample]]
ABSENT = uuid.UUID(int=7)
