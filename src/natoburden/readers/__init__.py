"""Other people's files, read into the model: whole, or not at all with one clear error."""

from natoburden.readers import eurostat, nato, sipri

__all__ = ["eurostat", "nato", "sipri"]
