"""Fetching for somebody: a loader finds and checks in one, and answers the same for absent and not yours."""
