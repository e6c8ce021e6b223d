"""The office of the agents."""
