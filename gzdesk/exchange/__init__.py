"""Package and join files: bytes in, checked values out. Sees no store. Contract: docs/package-format.md."""
