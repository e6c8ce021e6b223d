"""« Mon accès »: the second step of sign-in, the account of the identity provider."""
