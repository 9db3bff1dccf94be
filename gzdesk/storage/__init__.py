"""The ledger file: revisions that nothing overwrites, and the view of current records made from them."""
