"""What a text was at an earlier version: the nearest checkpoint before it, and the steps from there on."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection
from django.db.models import Q
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep
from prosemirror.transform import StepMap

from prose.library import read_document, stored_document
from prose.mapping import maps_of
from prose.marked import MarkedContent, content_to_json
from prose.models import Checkpoint, Step, Text
from prose.schema import TextSchema, schema_for

SINCE = """
select t.key, s.version, s.steps
from unnest(%s::text[], %s::int[]) wanted(key, version)
join prose_text t on t.scope_id = %s and t.key = wanted.key
join prose_step s on s.text_id = t.id and s.version > wanted.version
order by s.version
"""


class NoSuchVersion(LookupError):
    """The text was never at that version."""


def content_at(text: Text, version: int) -> MarkedContent:
    """The content as it was stored at that version, marks and all. Two statements. Raises NoSuchVersion."""
    if version == text.version:
        return text.content
    if not 0 <= version <= text.version:
        raise NoSuchVersion(version)
    earlier = Checkpoint.objects.filter(text_id=text.pk, version__lte=version).order_by("-version").first()
    if earlier is None:
        raise NoSuchVersion(version)
    kind = TextSchema(text.kind)
    document = read_document(earlier.content, kind)
    log = Step.objects.filter(text_id=text.pk, version__gt=earlier.version, version__lte=version).order_by("version")
    for batch in log.values_list("steps", flat=True):
        document = replayed(document, batch, kind)
    return stored_document(document)


Versions = dict[tuple[UUID, int], MarkedContent]


def contents_at(wanted: Mapping[UUID, Collection[int]], kinds: Mapping[UUID, TextSchema]) -> Versions:
    """Texts, by id, at earlier versions. A version from before the first checkpoint is left out.

    Three statements, whatever is asked; for each version no more steps are applied than there are between two checkpoints.
    """
    starts = _starts(wanted)
    if not starts:
        return {}
    checkpoints, log = _checkpoints(starts), _log(starts)
    out: Versions = {}
    for (text_id, start), versions in starts.items():
        document, at = read_document(checkpoints[text_id, start], kinds[text_id]), start
        for version in sorted(versions):
            for one in range(at + 1, version + 1):
                document = replayed(document, log[text_id, one], kinds[text_id])
            at = version
            out[text_id, version] = stored_document(document)
    return out


def _starts(wanted: Mapping[UUID, Collection[int]]) -> dict[tuple[UUID, int], set[int]]:
    """(text, version of a checkpoint) → the versions for which it is the nearest before."""
    kept: dict[UUID, list[int]] = defaultdict(list)
    rows = Checkpoint.objects.filter(text_id__in=wanted).order_by("version").values_list("text_id", "version")
    for text_id, version in rows if wanted else ():
        kept[text_id].append(version)
    out: dict[tuple[UUID, int], set[int]] = defaultdict(set)
    for text_id, versions in wanted.items():
        for version in versions:
            if place := bisect_right(kept[text_id], version):
                out[text_id, kept[text_id][place - 1]].add(version)
    return out


def _checkpoints(starts: Mapping[tuple[UUID, int], set[int]]) -> Versions:
    rows = Checkpoint.objects.filter(reduce(or_, (Q(text_id=key, version=start) for key, start in starts)))
    return {(key, version): content for key, version, content in rows.values_list("text_id", "version", "content")}


def _log(starts: Mapping[tuple[UUID, int], set[int]]) -> Versions:
    """The batches from each checkpoint to the last version that is made from it."""
    several = (Q(text_id=key, version__gt=start, version__lte=max(found)) for (key, start), found in starts.items())
    rows = Step.objects.filter(reduce(or_, several)).values_list("text_id", "version", "steps")
    return {(key, version): steps for key, version, steps in rows}


Moves = list[tuple[int, list[StepMap]]]  # what moved the words of a text, version by version


def maps_since(scope_id: UUID, versions: Mapping[str, int]) -> dict[str, Moves]:
    """How positions of some texts were moved after a version of each. One statement, which reads those steps and no others."""
    out: dict[str, Moves] = {}
    if versions:
        with connection.cursor() as cursor:
            cursor.execute(SINCE, [list(versions), list(versions.values()), scope_id])
            for key, version, steps in cursor.fetchall():
                out.setdefault(key, []).append((version, maps_of(MarkedContent(steps))))
    return out


def replayed(document: LibraryNode, batch: MarkedContent, kind: TextSchema) -> LibraryNode:
    """The document after one batch of its log, which was checked when it was accepted."""
    for raw in json.loads(content_to_json(batch)):
        result = LibraryStep.from_json(schema_for(kind), raw).apply(document)
        assert result.doc is not None, "the log of a text fits its checkpoints"
        document = result.doc
    return document
