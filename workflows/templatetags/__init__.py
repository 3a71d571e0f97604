"""Template tags of the engine's admin pages."""
