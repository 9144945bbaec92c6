"""Analyses of the project as grids of words: what stalls, who is missing, who reaches whom."""

from __future__ import annotations
