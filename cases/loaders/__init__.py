"""What streams need to know of a case: who may listen, who is here."""
