"""Do no harm: the checklist, what its answers mean and where they are out of date."""
