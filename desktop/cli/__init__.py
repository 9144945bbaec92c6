"""The command line: one module per command; scripts rely on it (design section 2)."""
