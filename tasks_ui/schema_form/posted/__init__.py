"""Posted."""
