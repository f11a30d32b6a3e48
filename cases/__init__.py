"""The case and its people: access, audiences, grounds, the redaction rule, audit."""
