"""The program's facts: migrations and reference data (record types, films, units). `gzdesk.db` in code."""
