"""The version, as the installed package states it."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("natoburden")
