"""PDFium, the fast engine: its characters, lines and areas as those of a page."""
