"""The admin form kit: what a form needs so that a whole meeting goes in on one screen and nothing typed is lost.

``lookups`` find records by typing, ``nested`` has rows within rows, ``admin`` puts the form together and answers
late errors and edits that cross; ``posted`` and ``merge`` handle what a form contains as plain data.
"""
