"""A site of Viewflow's, to compare the inbox with; it runs in an environment of its own."""
