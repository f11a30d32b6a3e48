"""The structure of the live case as JSON, for the fully cleared: live words leave here only, and only against a clearance.

An `OpenText` has no JSON of its own, so that nothing live can be stored as an edition. What stands here is no document: the key and
version of a text, and for titles and sentences their words without marks.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.redaction.facts import Cover, Extent, Ground, RedactionState
from evidence.values import Direction, EvidenceType
from pathways.values import (
    CaseKind,
    ClaimKind,
    ClaimState,
    DeploymentContext,
    Frequency,
    Grade,
    Level,
    Rating,
    Reversibility,
    SupportRole,
)
from prose.content import plain_text
from prose.shown import Forged, FullClearance, OpenText

Schema = dict[str, Any]
AnyField = serializers.Field[Any, Any, Any, Any]


class TextSerializer(serializers.Serializer[OpenText]):
    """A text that can be long: which one it is, and how often it was changed."""

    key = serializers.CharField()
    version = serializers.IntegerField()

    def to_representation(self, instance: OpenText) -> dict[str, Any]:
        """Needs the clearance with which the text was opened."""
        if not isinstance(self.context.get("clearance"), FullClearance):
            raise Forged("live words leave against a clearance only")
        return super().to_representation(instance)


class SentenceSerializer(TextSerializer):
    """A title or a sentence, with its words."""

    words = serializers.SerializerMethodField(help_text="Without marks.")

    def get_words(self, text: OpenText) -> str:
        """The words alone."""
        return plain_text(text.document)


class AttributeField(AnyField):
    """An attribute, and which audiences don't see it by which redaction."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        """A value that the lens showed, with its marks."""
        return {"value": _plain(value.value), "hidden_from": list(value.marked)}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def attribute(value: Schema) -> AnyField:
    """An attribute whose value is described so."""
    marks: Schema = {"type": "array", "items": {"type": "string"}, "description": "Audience · redaction."}
    whole: Schema = {
        "type": "object",
        "properties": {"value": value, "hidden_from": marks},
        "required": ["value", "hidden_from"],
    }
    field: AnyField = extend_schema_field(whole)(type("Attribute", (AttributeField,), {}))(read_only=True)
    return field


def one_of(values: type[StrEnum], *, or_none: bool = False) -> AnyField:
    """An attribute out of a closed list."""
    names: list[str | None] = [value.value for value in values]
    return attribute(
        {"type": "string", "enum": [*names, None], "nullable": True} if or_none else {"type": "string", "enum": names}
    )


def day(*, or_none: bool = True) -> AnyField:
    """A date."""
    return attribute({"type": "string", "format": "date", "nullable": or_none})


def yes_or_no() -> AnyField:
    """A flag."""
    return attribute({"type": "boolean"})


def name() -> AnyField:
    """Who answers for it, if anybody does."""
    return attribute({"type": "string", "nullable": True})


class CaseSerializer(serializers.Serializer[Any]):
    """A case in the list of what one may open."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField(help_text="Empty where only the trail may be read.")
    may_read = serializers.BooleanField(help_text="Whether the live case is open to you.")


class HeaderSerializer(serializers.Serializer[Any]):
    """What the case is about."""

    reference = serializers.CharField()
    title = SentenceSerializer()
    subject = SentenceSerializer()
    banner = SentenceSerializer()
    predecessor = SentenceSerializer()
    conclusion = SentenceSerializer()
    scope = TextSerializer()
    scope_out = TextSerializer()
    summary = TextSerializer()
    kind = one_of(CaseKind)
    rehearsal = yes_or_no()
    contexts = attribute(
        {"type": "array", "items": {"type": "string", "enum": [one.value for one in DeploymentContext]}}
    )
    rating = one_of(Rating, or_none=True)
    confidence = one_of(Level, or_none=True)
    evidence_cutoff = day()
    coverage_date = day()
    publication_date = day()


class SectionSerializer(serializers.Serializer[Any]):
    """A section."""

    ref = serializers.CharField()
    title = SentenceSerializer()
    body = TextSerializer()


class PathwaySerializer(serializers.Serializer[Any]):
    """A pathway. What it rests on stands in `supports/`."""

    ref = serializers.CharField()
    title = SentenceSerializer()
    answer = SentenceSerializer()
    action = SentenceSerializer()
    argument = TextSerializer()
    reason = TextSerializer()
    # Declared fields are kept apart from DRF's own `context`, in which the clearance travels.
    context = one_of(DeploymentContext, or_none=True)  # type: ignore[assignment]
    frequency = one_of(Frequency, or_none=True)
    complexity = one_of(Level, or_none=True)
    reversibility = one_of(Reversibility, or_none=True)
    rating = one_of(Rating, or_none=True)
    confidence = one_of(Level, or_none=True)


class TagSerializer(serializers.Serializer[Any]):
    """A loose group of claims."""

    ref = serializers.CharField()
    name = SentenceSerializer()


class ClaimSerializer(serializers.Serializer[Any]):
    """A claim."""

    ref = serializers.CharField()
    statement = SentenceSerializer()
    basis = TextSerializer()
    assumptions = TextSerializer()
    owner = name()
    tags = TagSerializer(many=True)
    kind = one_of(ClaimKind)
    state = one_of(ClaimState)
    grade = one_of(Grade, or_none=True)


class SupportSerializer(serializers.Serializer[Any]):
    """A support: *resting* rests on *claim*."""

    ref = serializers.CharField()
    resting = serializers.CharField(help_text="A pathway or a claim.")
    claim = serializers.CharField()
    role = one_of(SupportRole)
    reason = SentenceSerializer()


class EvidenceSerializer(serializers.Serializer[Any]):
    """A piece of evidence. What it says about claims stands in `bearings/`."""

    ref = serializers.CharField()
    title = SentenceSerializer()
    description = TextSerializer()
    conditions = TextSerializer()
    place = SentenceSerializer()
    not_relied = SentenceSerializer()
    owner = name()
    type = one_of(EvidenceType)
    as_of = day()
    valid_until = day()
    relied_on = yes_or_no()


class BearingSerializer(serializers.Serializer[Any]):
    """What a piece of evidence says about a claim."""

    ref = serializers.CharField()
    evidence = serializers.CharField()
    claim = serializers.CharField()
    direction = one_of(Direction)
    strength = one_of(Grade)
    place = SentenceSerializer()


class AssuranceSerializer(serializers.Serializer[Any]):
    """What a named person stands for."""

    ref = serializers.CharField()
    statement = TextSerializer()
    owner = name()
    given_on = day(or_none=False)
    valid_until = day()
    claim = serializers.CharField(allow_null=True)


class LimitationSerializer(serializers.Serializer[Any]):
    """Where the argument is most likely wrong."""

    ref = serializers.CharField()
    title = SentenceSerializer()
    body = TextSerializer()


class TermSerializer(serializers.Serializer[Any]):
    """A word that the report uses in a sense of its own."""

    ref = serializers.CharField()
    name = SentenceSerializer()
    definition = TextSerializer()
    tentative = serializers.BooleanField(source="tentative.value", help_text="Whether it may still change.")


class RedactionSerializer(serializers.Serializer[Any]):
    """A redaction, without private reason and people."""

    ref = serializers.CharField(source="ref.value")
    ground = serializers.CharField(source="ground.value", help_text=" · ".join(Ground))
    note = serializers.CharField(source="note.value")
    extent = serializers.CharField(source="extent.value", help_text=" · ".join(Extent))
    state = serializers.CharField(source="state.value", help_text=" · ".join(RedactionState))
    covers = serializers.CharField(source="covers.value", help_text=" · ".join(Cover))
    target = serializers.CharField(source="target.value", help_text="Reference of what it covers; empty for words.")
    attribute = serializers.CharField(
        source="attribute.value", help_text="Its name; empty where it covers no attribute."
    )
    omitted = serializers.BooleanField(source="omitted.value", help_text="Whether nothing stays in its place.")
    bears_load = serializers.BooleanField(source="bears_load.value")
    hidden_from = serializers.ListField(
        source="hidden_from.value", child=serializers.CharField(), help_text="Keys of audiences."
    )
