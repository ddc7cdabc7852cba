"""Statistics on plain arrays: numbers in, numbers out, with numpy and scipy alone."""
