"""The release check: what stops an edition, and what is worth a look. Pure; its results are shown inside only."""
