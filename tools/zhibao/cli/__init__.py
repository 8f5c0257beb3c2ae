"""The command line: one verb a function; parse, call, print."""
