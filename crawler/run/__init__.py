"""One run of the crawl: its hold on the store, its record, and what it says to people."""
