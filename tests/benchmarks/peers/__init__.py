"""The map beside cytoscape.js and vis-network in headless Chromium, in one run."""
