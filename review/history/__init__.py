"""How a text came to be what it is: differences between versions with their marks, sittings, who wrote what, bringing words back. Pure."""
