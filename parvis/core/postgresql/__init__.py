"""PostgreSQL, for which no request of the site waits for long."""
