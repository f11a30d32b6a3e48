"""The same cases and editions for programs, through the doors of the pages: one loader, one action, JSON."""
