"""Pictures of drawings: SVG and PNG, self-contained and repeatable to the byte."""
