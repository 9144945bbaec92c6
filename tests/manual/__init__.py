"""Scripts to look at parts of the window by hand; not collected by pytest."""
