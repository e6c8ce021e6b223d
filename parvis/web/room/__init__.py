"""A workshop as it happens: the table's secretary, phones, the projected screen, the facilitator."""
