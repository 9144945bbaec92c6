"""Tests of model.redaction."""
