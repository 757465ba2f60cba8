"""Tables printed without ruling lines: where their columns are, and which words stand over and beside which figures."""
