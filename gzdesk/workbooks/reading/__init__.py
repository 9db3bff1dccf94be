"""Tables of other programs as clerks have them: what is in the file, whatever its name says, and where the table is.

`book` opens a file, `sheet` holds what a sheet says, `table` finds header and rows in it. Nothing here knows of
record types.
"""
