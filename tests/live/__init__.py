"""A whole workshop in a home of its own, and people at it over HTTP: for what no test client can show."""
