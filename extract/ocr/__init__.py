"""Optical recognition of pages that are pictures."""
