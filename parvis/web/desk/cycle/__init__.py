"""The phases of a consultation, and the steps its minutes pass before they are published."""
