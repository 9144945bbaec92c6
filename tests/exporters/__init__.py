"""Tests of the package exporters."""
