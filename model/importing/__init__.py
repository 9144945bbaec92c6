"""Importing: rows of a source become records, by a plan that is applied whole or not at all."""
