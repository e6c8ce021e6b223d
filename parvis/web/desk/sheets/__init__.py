"""Action sheets: write them, read them from files, print the booklet."""
