"""Chaos: real clusters under faults drawn from a seed, and invariants that must hold all along."""
