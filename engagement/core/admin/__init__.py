"""The form kit of the admin: a whole meeting goes in on one screen, and nothing typed is lost.

``noun_admin`` is the base of every noun's admin; ``base`` puts the form together; ``inlines`` and ``formsets`` nest
rows; ``form_data``, ``form_state`` and ``three_way_merge`` answer late errors and edits that cross.
"""
