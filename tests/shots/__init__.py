"""Pictures of every page in both languages, on demonstration data: `python -m tests.shots [--out DIR]`."""
