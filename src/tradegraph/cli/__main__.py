"""Lets `python -m tradegraph.cli` run the command line."""

from tradegraph.cli import main

main()
