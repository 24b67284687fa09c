"""Tests of the calculators room."""
