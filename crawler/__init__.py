"""The Scrapy project: finds and fetches the reports, and hands them over."""
