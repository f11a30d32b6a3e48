"""Signing in: each process knows the people of its own side only."""
