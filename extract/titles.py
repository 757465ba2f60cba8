"""What one line of text (a title, a link) says: is it an annual report, whose, and for which year."""
