"""What stands in front of a locked project."""
