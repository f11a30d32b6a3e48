"""Telling open pages of the workshop that something changed, as server-sent events: ids and versions, never words."""
