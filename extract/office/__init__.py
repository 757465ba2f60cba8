"""Word and Excel files, of the open formats and of the old binary ones."""
