"""Tests of the map canvas."""
