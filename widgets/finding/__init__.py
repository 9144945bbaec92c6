"""Finding things and doing things by typing: find bar, command field, filter, views."""
