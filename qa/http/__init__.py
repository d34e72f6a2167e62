"""The service behind its routes: who may ask, what comes in and goes out, and the rebuilding."""
