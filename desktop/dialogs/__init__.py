"""Dialogs with a typed answer; used where an inline bar will not do."""
