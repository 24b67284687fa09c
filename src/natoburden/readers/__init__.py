"""Other people's files, read into the model: whole, or not at all with one clear error."""

from natoburden.readers import ecb, eurostat, imf, kiel, nato, sipri, worldbank

__all__ = ["ecb", "eurostat", "imf", "kiel", "nato", "sipri", "worldbank"]
