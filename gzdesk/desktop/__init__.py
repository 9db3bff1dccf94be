"""The windows: everything that imports PySide6, and nothing that decides (conditions live in services)."""
