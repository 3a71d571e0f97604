"""What Signoff 0.1.0 left in its database, and the workflows that it belongs to."""
