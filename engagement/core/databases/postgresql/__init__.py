"""Database backend for PostgreSQL with a circuit breaker."""
