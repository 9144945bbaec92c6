"""Tables of the records: the twin of map and timeline for reading, sorting and editing in rows."""
