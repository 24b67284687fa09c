"""Calculators are pure functions of the data model, and their results explain how they were computed."""
