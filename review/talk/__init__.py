"""What people inside say about words, objects and links: kinds, states, names, suggested wording. Pure."""
