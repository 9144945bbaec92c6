"""Tests of the model/layout package."""
