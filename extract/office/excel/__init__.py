"""Workbooks of whichever file format: used cells, how they look, and what lies on them."""
