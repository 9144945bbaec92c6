"""Workbooks that come back: what went out, what stands in them now, what the project holds now."""
