"""One module for each format: it turns a source into runs (`parvis.reading.runs`) and decides nothing else."""
