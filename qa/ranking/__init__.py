"""What was found, measured: the features of each candidate, the second reading, and why."""
