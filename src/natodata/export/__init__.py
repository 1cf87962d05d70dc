"""Ways out of the library, one module a format."""
