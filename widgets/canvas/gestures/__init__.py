"""Gestures: objects with start, move, finish, cancel and a hint of what release will do."""
