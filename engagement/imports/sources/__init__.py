"""Source files opened as tables of plain cells: CSV, XLSX, ODS, XLS, JSON. Nothing here knows the database.

A file that cannot be read is ``Unreadable``, with a sentence.
"""
