"""Lookup fields: find a record by typing part of its name, in the admin and on the site."""
