"""What is written in a room as it happens: each operation of the outbox, and the gestures of the facilitator."""
