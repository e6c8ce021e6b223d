"""Sign-in through an identity provider (OpenID Connect, as ProConnect speaks it). See docs/decisions/0009."""
