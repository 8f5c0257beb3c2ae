"""The two scores and the statistics: pure functions of a county, derived anew each time."""
