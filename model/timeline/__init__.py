"""The plan over time without pictures: scale, ticks, spans, rows, funding cover, moved dates."""
