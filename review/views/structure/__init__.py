"""Changing the structure of a case: its parts, their attributes, links and order."""
