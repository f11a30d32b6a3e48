"""What people fill in. Every message says what to do."""
