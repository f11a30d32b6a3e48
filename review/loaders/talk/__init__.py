"""What was said inside, for the fully cleared: threads, who can be asked or mentioned, and what waits for whom."""
