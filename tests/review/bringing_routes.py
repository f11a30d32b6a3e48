"""Samples of bringing documents and taking the case out, and a document that waits with a secret in its words, name and pictures."""

from __future__ import annotations

import base64

from django.core.files.uploadedfile import SimpleUploadedFile

from review.actions.bringing import keep_draft
from review.bringing.stored import unpacked
from review.models import ImportDraft
from tests.review.samples import ABSENT, Maker, Sample
from tests.review.word_files import chart
from tests.world import World


def bring_secrets(world: World, secret: str) -> None:
    """Ada brought a document and has not placed its parts yet."""
    pixels = base64.b64encode(chart().getvalue()).decode()
    source = f"# {secret} title\n\nClaim 1: {secret} words that wait.\n\n![{secret}][a]\n\n[a]: data:image/png;base64,{pixels}\n"
    keep_draft(by=world.actor("Ada"), case_id=world.case_id, name=f"{secret}.md", data=source.encode())


def _draft(below: str = "", *forms: dict[str, str]) -> Maker:
    """Below the document that waits, and below one that is not there."""

    def make(world: World) -> list[Sample]:
        ids = [*ImportDraft.objects.filter(case_id=world.case_id).values_list("pk", flat=True), ABSENT]
        paths = [f"/cases/{case}/import/{one}/{below}" for case in (world.case_id, ABSENT) for one in ids]
        return [Sample(path, "post", form) for path in paths for form in forms] if forms else [Sample(p) for p in paths]

    return make


def _documents(world: World) -> list[Sample]:
    samples = []
    for case in (world.case_id, ABSENT):
        path = f"/cases/{case}/import/"
        upload = SimpleUploadedFile("probe.md", b"# Probe\n\nWords.")
        samples += [Sample(path), Sample(path, "post", {}), Sample(path, "post", {"file": upload})]
    return samples


def _pictures(world: World) -> list[Sample]:
    keys = [key for row in ImportDraft.objects.all() for key in unpacked(bytes(row.content)).pictures]
    return [one for key in (*keys, "f-zzzzzzzzzzzzzzzz") for one in _draft(f"pictures/{key}")(world)]


def _case(below: str) -> Maker:
    return lambda world: [Sample(f"/cases/{case}/{below}") for case in (world.case_id, ABSENT)]


BRINGING: dict[str, Maker] = {
    "documents": _documents,
    "place_document": lambda world: [*_draft()(world), *_draft("", {"place-0": "nowhere", "same": "0"})(world)],
    "import_document": _draft("bring/", {}, {"place-0": "section"}),
    "drop_document": _draft("drop/", {}),
    "document_figure": _pictures,
    "imported": _case("import/done/"),
    "export_markdown": _case("export.md"),
}
