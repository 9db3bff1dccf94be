"""Speed as ratios to a floor or a peer of the same run; never part of the tests, for machines are noisy."""
