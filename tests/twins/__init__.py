"""Projects that differ only in what an audience may not see, and the comparison of their files."""
