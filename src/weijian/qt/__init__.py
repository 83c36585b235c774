"""The shell: the window in which officers and analysts work."""
