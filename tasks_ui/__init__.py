"""The site that a person sees: inbox, tasks, requests."""
