"""The pure Python heart: records, documents, editing, storage and analysis; no Qt."""
