"""SVG from typed values: pure functions that know neither graph nor HTTP."""
