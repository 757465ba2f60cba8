"""From all documents of an agency and year to its one report."""
