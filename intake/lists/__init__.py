"""Lists of persons from the income-support unit or a project, read from a file and registered."""
