"""`make bench`: figures on a server and a home of its own, one JSON line each. docs/figures.md has the bounds."""
