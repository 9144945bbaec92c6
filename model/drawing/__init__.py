"""The drawing language, its styles, and the builders of pictures."""
