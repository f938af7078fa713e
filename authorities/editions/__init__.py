"""Editions: the library frozen in one file with a manifest, its signature, and answers from it.

An edition holds the library folder (register, sign-offs and lint's exclusions too) and the reference tables. It does
not hold the engine (the code, and the schemas in ``rules/schemas``), the second opinion's rule engine (``durable-rules``),
the starter proposal, the texts of the Code, ``docs`` or ``bench``: a replay names the engine, and says what differs.
"""
