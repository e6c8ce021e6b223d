"""The passes over an outline, each short and alone: rows → furniture → headings → sections → items → numbering."""
