"""Alias for migration 0001, which names the base that an import once had; its verbs are in ``imports/actions.py``."""


class ImportVerbs:
    """Nothing any more."""
