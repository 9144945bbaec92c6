"""What can be read out of a project as of a day: warnings, networks, gaps."""
