"""Writes of this room: redactions and access."""
