"""Looking at what an edited workbook would change, and deciding it item by item."""
