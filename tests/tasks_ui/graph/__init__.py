"""Tests of the graph: its layout, its boxes and edges, and the SVG that the template paints."""
