"""Hooks that write and read classes of the model, in modules with the same names as the modules of the model."""
