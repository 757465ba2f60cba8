"""Rich Text Format: tokens, text runs, tables."""
