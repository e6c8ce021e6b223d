"""What waits for the agent."""
