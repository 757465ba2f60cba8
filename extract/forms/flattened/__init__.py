"""Tables that were flattened to text: of their grids only the order of cells can be believed."""
