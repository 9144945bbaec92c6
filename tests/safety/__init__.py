"""Proof that nothing is lost, as commands that print figures: ``python3 dev.py safety``."""
