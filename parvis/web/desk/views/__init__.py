"""The screens of the agents, one module a subject."""
