"""Tables of other programs: what their columns may mean, what is unclear, and what they become."""
