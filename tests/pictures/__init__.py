"""Pictures of every page, to look at them with one's own eyes: `make screenshots`."""
