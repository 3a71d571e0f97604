"""What the site adds to Viewflow's tables: nothing."""
