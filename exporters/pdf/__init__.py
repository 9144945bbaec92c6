"""PDF: drawings and text on reportlab canvases, with nothing in the file but what is shown."""
