"""Is it sound? SHACL shapes, queries that must find nothing, and the facts held against their documents."""
