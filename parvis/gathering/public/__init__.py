"""What anyone reads: pages, lists, feeds, threads."""
