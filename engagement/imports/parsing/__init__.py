"""Parsing of rows: cells by target, then parsed rows. Nothing here knows the database.

A ``Spec`` of ``layouts`` says what the columns are; ``read_meetings`` and ``read_organizations`` walk a table by it.
"""
