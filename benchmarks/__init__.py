"""Comparisons that anybody can run again; they print figures and judge nothing."""
