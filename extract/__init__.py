"""A library of pure functions on bytes: documents in, readings of annual reports out (``extract.reading.read``)."""
