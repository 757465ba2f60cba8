"""The tables and views of the database, and how an older database gets them."""
