"""The palette: actor kinds and linkage kinds to drag or pick."""
