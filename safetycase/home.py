"""The folder in which an installation keeps its data, and the secrets in it: one file each, 0600."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def home_folder() -> Path:
    """SAFETYCASE_HOME, or the usual place for the user's data."""
    default = Path("/var/lib/safetycase") if os.geteuid() == 0 else Path.home() / ".local" / "share" / "safetycase"
    return Path(os.environ.get("SAFETYCASE_HOME") or default).absolute()


def secret(home: Path, name: str) -> str:
    """The secret of that name, made when first asked for. Several processes may ask at once."""
    path = home / "secrets" / name
    with contextlib.suppress(FileNotFoundError):
        return path.read_text()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(40))
        return path.read_text()
    except OSError as error:
        raise SystemExit(
            f"error: cannot keep secrets in {path.parent}: {error.strerror}; set SAFETYCASE_HOME"
        ) from None


def _write_once(path: Path, value: str) -> None:
    """Put the whole value there, unless somebody else was first."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
