"""The full-screen view for a meeting, over a copy that holds only what its audience may see."""
