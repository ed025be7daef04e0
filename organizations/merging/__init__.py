"""Two records of one organization become one: what is re-attached, how conflicts are joined, and the way back.

``references`` knows what points to a record, ``joining`` what apps say about rows that exist twice, ``journal`` what
was done, ``locking`` in which order records are locked, ``guarding`` that nothing is given to a merged record any more,
``comparing`` what somebody looks at before; ``acting`` merges and ``undoing`` takes a merge back.
"""
