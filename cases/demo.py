"""The demo's people. They refuse to exist for anybody beyond this machine."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from cases.models import Side

DEMO_PASSWORD = "lantern-orchard-seven"  # noqa: S105  # printed by the demo, and good on loopback alone


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One of the cast; `what` says what it may do and one thing to try."""

    address: str
    name: str
    side: Side
    what: str
    organisation: str = ""


DEMO_ACCOUNTS = (
    DemoAccount(
        "ada@lab.example",
        "Ada",
        Side.INSIDE,
        "manager and author; try: open the case, select words in an argument and redact them",
    ),
    DemoAccount("mina@lab.example", "Mina", Side.INSIDE, "second manager; try: approve the release that Ada started"),
    DemoAccount(
        "jun@lab.example", "Jun", Side.INSIDE, "author; try: read a reviewer's comment beside the live words and reply"
    ),
    DemoAccount(
        "lex@lab.example",
        "Lex",
        Side.INSIDE,
        "decider on every ground; try: open Redactions, then Waiting for you",
    ),
    DemoAccount("sten@lab.example", "Sten", Side.INSIDE, "stress tester; try: read everything live"),
    DemoAccount("sofia@lab.example", "Sofia", Side.INSIDE, "inside reader; try: read the All staff edition"),
    DemoAccount("noor@lab.example", "Noor", Side.INSIDE, "no grant; try: open the case's address and see the 404"),
    DemoAccount("aud@lab.example", "Aud", Side.INSIDE, "auditor; try: read the trail"),
    DemoAccount(
        "rhea@meridian.example",
        "Rhea",
        Side.OUTSIDE,
        "external reviewer; try: read the edition, select words and comment",
        "Meridian Evals",
    ),
    DemoAccount(
        "omar@meridian.example",
        "Omar",
        Side.OUTSIDE,
        "reads the Public edition, once the slip is mended and it is released",
        "Meridian Evals",
    ),
    DemoAccount(
        "vik@northlight.example",
        "Vik",
        Side.OUTSIDE,
        "reviewer elsewhere; try: look for Rhea's comments in vain",
        "Northlight Review",
    ),
)


def is_demo_account(address: str) -> bool:
    """Whether the address is one of the cast's."""
    return address.lower() in {account.address for account in DEMO_ACCOUNTS}


def demo_cast(*, inside: bool) -> dict[str, object]:
    """What the first page of a site says of the cast while the demo runs; nothing otherwise."""
    if not settings.DEMO:
        return {}
    side = Side.INSIDE if inside else Side.OUTSIDE
    return {"cast": [account for account in DEMO_ACCOUNTS if account.side == side], "password": DEMO_PASSWORD}


class NotLocal(Exception):
    """Somebody wanted the demo's people where others could sign in as them."""

    def __init__(self) -> None:
        super().__init__("demo accounts exist only where `make demo` runs the sites, on loopback")


def require_local() -> None:
    """Raise NotLocal unless this process belongs to the demo, whose sites listen on loopback alone."""
    if not settings.DEMO:
        raise NotLocal
