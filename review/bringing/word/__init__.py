"""Reading a Word document (DOCX) into a draft."""
