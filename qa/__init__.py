"""Understands a question, retrieves passages, and composes an answer out of quotes alone."""

__version__ = "0.1.0"
