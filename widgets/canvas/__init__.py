"""The map canvas: one widget that draws and edits the map."""
