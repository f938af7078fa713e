"""A library of legal authorities as data, and the code that reads it."""
