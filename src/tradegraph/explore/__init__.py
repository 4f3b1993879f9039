"""Ways through the graph that return typed results and know nothing of HTTP."""
