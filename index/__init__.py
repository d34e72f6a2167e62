"""Reads documents, cuts and annotates them, encodes them, and keeps the searchable store.

The folder reads as its pipeline: read, clean, split, language, annotate (stance,
voices, figures), encode, vectors and lexical, store, build. It knows nothing of questions.
"""
