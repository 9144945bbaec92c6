"""The plan over time without pictures: scale, ticks, spans, rows, funding cover, moving of dates."""
