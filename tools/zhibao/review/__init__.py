"""Reading a repository and judging what is in it: the checks and the scores brought to the files."""
