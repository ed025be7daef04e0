"""Merge of duplicate organizations: which rows are re-attached, how conflicting rows are merged, and the undo.

``references`` finds every foreign key to a record, ``row_merges`` and ``registrations`` say what becomes of rows that
would stand twice, ``journal`` keeps what was done, ``locking`` the order of locks, ``signals`` refuse new references to
a merged record, ``compare`` lays records side by side; ``actions`` merges and ``undo`` takes a merge back.
"""
