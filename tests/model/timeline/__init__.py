"""Tests of the package model.timeline."""
