"""Benchmarks; run them with `python3 dev.py bench`, never with the suite."""
