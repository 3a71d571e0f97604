"""What is true of Signoff."""
