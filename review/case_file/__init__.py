"""A whole case as one JSON document, read and written (docs/case-file.md)."""
