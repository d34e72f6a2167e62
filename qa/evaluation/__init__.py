"""Labelled questions, put to a store, and what the answers were worth."""
