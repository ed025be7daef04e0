"""Filtered lists: one FilterSet declares the filters, and drives the page and every export alike."""
