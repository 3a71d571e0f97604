"""What every benchmark needs: a site, its processes, a clock for CPU time, figures in a table."""
