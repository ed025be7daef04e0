"""Database backend for SQLite that goes on reading where nothing can be written."""
