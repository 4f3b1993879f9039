"""The query language as text: its terminals, what can be known of a query without an engine, errors in plain words.

Nothing here runs a query or knows a store.
"""
