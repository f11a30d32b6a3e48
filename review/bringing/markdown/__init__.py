"""Markdown both ways: read into a draft, and written from a live case so that it can be brought in again."""
