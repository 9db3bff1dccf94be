"""What the program shows: fonts, icons, translations, layouts, help. `gzdesk.resources` in code."""
