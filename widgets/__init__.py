"""Qt widgets: map canvas, timeline, checklist, inspector, tables; no exports, no flows."""
