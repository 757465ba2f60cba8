"""How hosts are treated, and which are never asked."""
