"""The shared store and its rules."""

__version__ = "0.1.0"
