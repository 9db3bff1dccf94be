"""Tables as other programs keep them: reading .xlsx, .xls and .csv, and writing lists as .xlsx and .csv."""
