"""Layouts, or column mappings: their data, validation and guesses, and the ones that come with the program."""
