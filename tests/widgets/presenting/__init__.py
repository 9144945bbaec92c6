"""Tests of presenting."""
