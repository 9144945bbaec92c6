"""What all panels share: workspace, theme, icons, painter, field editors, notices."""
