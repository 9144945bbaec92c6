"""The application shell: windows, flows, tasks, settings and the command line."""
