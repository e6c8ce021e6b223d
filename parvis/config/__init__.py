"""Settings, addresses and the WSGI door. Nothing imports this package but Django itself."""
