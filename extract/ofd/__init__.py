"""OFD (GB/T 33190-2016), the national format for fixed pages: a ZIP of XML, lengths in millimetres."""
