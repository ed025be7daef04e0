"""From a file to what its rows say. Nothing here knows the database.

``open_table`` turns bytes into rows, a ``Spec`` says what the columns are, ``read_meetings`` and
``read_organizations`` turn rows into readings. What cannot be read is ``Unreadable``, with a sentence.
"""
