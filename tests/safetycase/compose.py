"""docker-compose.yml as `docker compose config` reads it: anchors merged, variables put in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
FILE = REPOSITORY / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)(?::(-|\?)([^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service: its raw description, and what a container of it would run."""

    name: str
    raw: dict[str, Any]

    @property
    def command(self) -> list[str]:
        return shlex.split(self.raw["command"])

    @property
    def environment(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.raw.get("environment", {}).items()}

    @property
    def health_check(self) -> list[str]:
        kind, *words = self.raw["healthcheck"]["test"]
        return words if kind == "CMD" else ["/bin/sh", "-c", *words]

    @property
    def is_ours(self) -> bool:
        return "build" in self.raw


class NotGiven(KeyError):
    """A variable that must be given is not."""


def services(values: Mapping[str, str]) -> dict[str, Service]:
    """Every service, with these values as its .env."""
    found = put_in(yaml.safe_load(FILE.read_text())["services"], values)
    return {name: Service(name, raw) for name, raw in found.items()}


def variables() -> set[str]:
    """Every variable of the file, the ones in comments aside."""
    return {found[1] for line in FILE.read_text().splitlines() for found in VARIABLE.finditer(line.split(" #")[0])}


def must_be_given() -> set[str]:
    """Those without which compose refuses."""
    return {found[1] for found in VARIABLE.finditer(FILE.read_text()) if found[2] == "?"}


def put_in(value: Any, values: Mapping[str, str]) -> Any:
    """The same with values for variables."""
    if isinstance(value, dict):
        return {name: put_in(each, values) for name, each in value.items()}
    if isinstance(value, list):
        return [put_in(each, values) for each in value]
    return VARIABLE.sub(lambda found: _value(found, values), value) if isinstance(value, str) else value


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    if given := values.get(found[1]):
        return given
    if found[2] == "?":
        raise NotGiven(found[1])
    return found[3] or ""
