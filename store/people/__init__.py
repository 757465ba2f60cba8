"""What people write for the store: corrections and decisions, and how such files are read."""
