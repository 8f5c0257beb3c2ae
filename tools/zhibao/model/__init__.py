"""What things are: pure values without input or output, and the only home of the vocabulary."""
