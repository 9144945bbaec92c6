"""Tests of the package desktop."""
