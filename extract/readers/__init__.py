"""Processes in which documents are read: shut in, limited, replaced when they fail."""
