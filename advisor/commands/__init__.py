"""Commands of the advisor, one a module, loaded when called."""
