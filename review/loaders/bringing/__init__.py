"""What the pages of an import show: who may bring, what waits, where its parts go; and the case as Markdown."""
