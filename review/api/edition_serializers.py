"""Editions, their threads, and what may be said, as JSON. Everything here is outward, or of a stored inward edition."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from review.states import Purpose


class EditionSerializer(serializers.Serializer[Any]):
    """An edition in the list of what one may read."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    audience = serializers.CharField(source="audience_name")
    number = serializers.IntegerField(help_text="Counted for each audience on its own.")
    released_on = serializers.DateField()


class EditionContentsSerializer(EditionSerializer):
    """An edition, and what it is made of."""

    purpose = serializers.ChoiceField(choices=[(one.value, one.label) for one in Purpose])
    statement = serializers.CharField(help_text="The redaction statement with which the edition opens; empty inside.")
    pages = serializers.ListField(
        child=serializers.CharField(), help_text="Names of its pages, as `parts/<page>/` takes them."
    )


class SaidSerializer(serializers.Serializer[Any]):
    """One thing said in a thread."""

    who = serializers.CharField(help_text="A name; for a reply from inside, a role word.")
    on = serializers.DateField()
    body = serializers.CharField()
    is_reply = serializers.BooleanField(help_text="Whether it comes from inside.")


class ThreadSerializer(serializers.Serializer[Any]):
    """A remark on words of an edition, by one's own organisation."""

    id = serializers.UUIDField()
    page = serializers.CharField()
    text = serializers.CharField(source="text_key", help_text="The key of the text, as its page names it.")
    start = serializers.IntegerField(help_text="Where the words begin in the shown document, in ProseMirror positions.")
    end = serializers.IntegerField(help_text="Where they end.")
    quote = serializers.CharField(help_text="The words, as they stand in the edition.")
    said = SaidSerializer(many=True)


class NewThreadSerializer(serializers.Serializer[Any]):
    """A remark on words of an edition."""

    page = serializers.CharField(max_length=20)
    text = serializers.CharField(max_length=18, help_text="The key of the text.")
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=0)
    body = serializers.CharField(max_length=10_000)


class NewCommentSerializer(serializers.Serializer[Any]):
    """Something more in a thread."""

    body = serializers.CharField(max_length=10_000)


class ThreadMadeSerializer(serializers.Serializer[Any]):
    """The thread in which it was said."""

    thread = serializers.UUIDField()
