"""What a question says: its slips, its parts, what it counts, whom and whose words it names."""
