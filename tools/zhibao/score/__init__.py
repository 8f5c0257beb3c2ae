"""Two scores, both explained line by line: the 质量分 of an item, the 考核分 of a unit, and the statistics over them."""
