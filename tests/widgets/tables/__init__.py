"""Tests of the package widgets.tables."""
