"""The mails that leave: where they are, and what to do of those that did not."""
