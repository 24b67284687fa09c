"""Hooks that write and read classes of the model; each module has the name of the model's module that it serves."""
