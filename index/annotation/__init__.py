"""The grammar that stance, voices and figures rest on: clauses, noun phrases, speech, numbers."""
