"""Invented reports whose every figure is known, printed the ways agencies print them: the tests' measure of truth."""
