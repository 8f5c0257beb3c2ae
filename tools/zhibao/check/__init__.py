"""Checks: generators of findings from values, one family a file, the set an explicit table."""
