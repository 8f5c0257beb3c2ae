"""All input and output: files of the work tree, Git, the registry, the search for near-duplicates."""
