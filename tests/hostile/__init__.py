"""Documents made to break the reader, and what must become of each."""
