"""What is printed: letters, booklets of sheets, the papers of a room."""
