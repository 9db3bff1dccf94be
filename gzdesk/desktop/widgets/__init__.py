"""Parts that pages are built of. Colours come from the theme alone, words from the page."""
