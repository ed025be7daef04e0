"""Plan an import before anything is written: match, group, validate, ask."""
