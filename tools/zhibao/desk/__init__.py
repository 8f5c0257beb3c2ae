"""The editors' work: decisions carried out, what waits, what is said to the units, what the history shows."""
