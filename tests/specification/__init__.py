"""The semantics of the rule language as data, and what runs it."""
