"""What a fetched page says: its text, the ways out of it, and how portals write them. Pure."""
