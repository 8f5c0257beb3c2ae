"""The pages: pure functions from a view to pages."""
