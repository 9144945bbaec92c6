"""Tests of finding and doing by typing."""
