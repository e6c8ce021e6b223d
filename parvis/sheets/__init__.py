"""Action sheets, the opinions of partners on them, and the opinions counted in a room."""
