"""Printed pages, whatever engine read them: characters and ruling lines become paragraphs and tables."""
