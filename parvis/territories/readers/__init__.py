"""Official files → wishes: what each line says a territory is, in words of ours. No database here."""
