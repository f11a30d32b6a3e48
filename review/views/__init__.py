"""Pages: each view joins one loader with one template, or one form with one action."""
