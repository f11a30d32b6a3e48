"""All writes to evidence, bearings and assurances, and the acts on claims that reach these."""
