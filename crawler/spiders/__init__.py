"""Spiders of the project; there is one."""
