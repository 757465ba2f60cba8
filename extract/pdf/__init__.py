"""Engines that read characters and ruling lines from PDF: pdfminer.six and PDFium."""
