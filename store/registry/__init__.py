"""Who is who: regions and their codes by year, spellings of agencies' names, and who followed whom.

The tables are the CSV files of this folder; the modules look things up in them. Where the tables allow two answers the
answer is that there is none: nothing here guesses.
"""
