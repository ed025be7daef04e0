"""Benchmarks: pages as multiples of a page that does nothing; machines are noisy, ratios within one run less so."""
