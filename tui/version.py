"""The program's version, read by the build and by ``trustplan --version``."""

__version__ = "0.1.0"
