"""What a server's answer really is: a page, a block, a soft 404, a shell."""
