"""Where the parts of a draft go: proposed, chosen by a person, and made into what is to be written. Pure."""
