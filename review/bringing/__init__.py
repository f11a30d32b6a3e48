"""Start from what exists: a document is read into a draft, its parts are given places, and only then is anything written."""
