"""Filtered lists: one FilterSet says what can be asked, and drives the page and every export alike."""
