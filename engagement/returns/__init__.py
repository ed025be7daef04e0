"""Statutory returns: the files in which a public body tells an authority whom it met."""
