"""The encoders behind the protocol of `index.encode`, and the way from one to the other.

sentence.py runs any sentence-transformers model; export.py writes such a model once into
the store, by bert.py or trace.py; check.py compares the two; fast.py runs what was written.
"""
