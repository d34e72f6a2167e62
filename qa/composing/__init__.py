"""What an answer shows besides its quotes, and in which order: figures, positions, contradictions."""
