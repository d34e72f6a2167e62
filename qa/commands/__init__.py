"""What the command line does besides asking: looking after a store, following a folder."""
