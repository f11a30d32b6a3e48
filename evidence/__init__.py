"""Evidence, and what it says about claims."""
