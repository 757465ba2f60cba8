"""Word documents: DOCX, and the old binary files that are converted to it."""
