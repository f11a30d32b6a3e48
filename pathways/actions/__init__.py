"""All writes to the structure of the report. Whoever changes it locks the case first, so that acts come one after another."""
