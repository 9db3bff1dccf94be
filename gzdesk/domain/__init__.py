"""What a village writes down and what it means: plain Python values, no files, no windows, no third party."""
