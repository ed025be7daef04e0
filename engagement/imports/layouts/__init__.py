"""Layouts that come with the program, as data."""
