"""Whose report a document is, for which year, and under which title."""
