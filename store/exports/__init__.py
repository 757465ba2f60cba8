"""The open data: a folder of plain files with the meaning of every column beside them.

``tables/`` has one file for each table, ``formats/`` one for each way to write them; ``export`` makes the folder.
"""
