"""How a setting is given: in the environment, or in a file that the environment names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def given(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The variable; or what stands in the file of NAME_FILE; or nothing. Raises SystemExit with a sentence."""
    value, path = environment.get(name, ""), environment.get(f"{name}_FILE", "")
    if value or not path:
        return value
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"error: {name}_FILE names {path}, which cannot be read: {error}") from None
