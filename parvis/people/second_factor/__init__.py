"""The second step of an agent's sign-in: a code of her telephone, asked by allauth's own flow."""
