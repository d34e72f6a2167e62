"""How a version is kept: segments and their tables, manifests, seals, and the disk."""
