"""When the database cannot answer: recognised, told at once to who comes next, and tried until it answers again
(docs/decisions/0024)."""
