"""What is printed for the partners: booklets, large sheets, letters, labels, posters."""
