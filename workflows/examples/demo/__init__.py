"""A demo: people, groups and two hundred requests that they have really worked on."""
