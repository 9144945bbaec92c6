"""Saying what the tables and columns of a foreign file become."""
