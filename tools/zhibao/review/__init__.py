"""Reading a repository and judging what is in it: items, and proposals against their base."""
