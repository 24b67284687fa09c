"""Output for people: formatted figures, pages, charts and the command line."""
