"""What pages cost, as multiples of a page that does nothing: machines are noisy, ratios within one run less so."""
