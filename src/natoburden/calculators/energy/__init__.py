"""What energy is bought, from whom, at what price, and how much depends on it."""
