"""What follows: pure functions over the model, returning results that explain themselves."""
