"""User operations, one per file, as generators for `desktop.tasks`."""
