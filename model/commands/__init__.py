"""What a user can do to a document: plain functions that stage records and commit once."""
