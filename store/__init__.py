"""What is kept: archive, database, merging of readings into reports, coverage. Knows extract, never Scrapy."""
