"""Tests of the package widgets.timeline."""
