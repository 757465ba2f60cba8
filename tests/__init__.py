"""Tests, one module for each module of the project, and the kit that makes their documents."""
