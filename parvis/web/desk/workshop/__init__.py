"""Before a workshop: its room, who comes, the papers, a rehearsal."""
