"""HTML pages: charset, the node that holds the report, its paragraphs and tables."""
