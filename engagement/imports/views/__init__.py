"""Views of imports: upload, preview, decisions, commit, undo."""
