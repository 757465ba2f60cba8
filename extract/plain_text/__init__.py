"""Plain text: paragraphs, and tables that were flattened to lines."""
