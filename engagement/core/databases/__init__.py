"""Django's database backends, which fail fast where a site would otherwise wait: see docs/decisions/outages.md."""
