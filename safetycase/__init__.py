"""The roof: settings, the addresses of both sites, the commands that start it all. No logic."""
