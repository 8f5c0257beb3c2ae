"""Publishing: an edition's view of the county, pages made from it, and the plugin that hands them to MkDocs."""
