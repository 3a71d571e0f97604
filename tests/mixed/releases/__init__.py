"""The workflows of both releases, as an app of the servers."""
