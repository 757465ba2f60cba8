"""Where the walk begins, what it asks for next, and what keeps it from going on for ever."""
