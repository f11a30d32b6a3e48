"""The report itself: sections, pathways, claims, supports."""
