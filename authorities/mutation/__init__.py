"""Mutation of the law: small faults planted in the rules, each of which some case must notice."""
