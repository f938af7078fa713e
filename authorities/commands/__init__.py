"""The commands of counsel's bench, one module each, loaded when called: each module's ``command`` is a click command."""
