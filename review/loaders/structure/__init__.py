"""The structure of a live case for those who write in it: one part, what rests on it, the order of all, what is retired."""
