"""Workbooks for analysts: one sheet per table, literal text, the same bytes every time."""
