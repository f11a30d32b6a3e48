"""Releases and editions, the reading room, threads."""
