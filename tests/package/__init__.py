"""Tests of what stands beside the rooms."""
