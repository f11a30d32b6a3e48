"""How texts came to be what they are, for the fully cleared: one text, the whole case, restoring, replacing."""
