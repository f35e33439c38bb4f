"""Checks on what jurists write, with messages they can act on."""
