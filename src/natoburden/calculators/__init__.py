"""Calculators: pure functions over the model, which return results that explain themselves."""
