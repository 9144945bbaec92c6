"""Tests of exporters.excel."""
