"""From a plan to records, and back."""
