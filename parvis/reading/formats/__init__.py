"""One module for each format: it lays a source out as runs (`parvis.reading.runs`) and decides nothing else."""
