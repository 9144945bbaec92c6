"""Tests of the package widgets."""
