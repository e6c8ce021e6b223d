"""Who came in by a link that anyone may hand on: to be checked, counted, set aside."""
