"""Output for people: formatted figures, pages, charts, the command line."""
