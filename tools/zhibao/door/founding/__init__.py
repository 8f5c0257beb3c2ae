"""A county's own repository: founded with `zhibao init`, kept up to date with `zhibao upgrade`."""


class FoundingError(Exception):
    """A repository cannot be founded or upgraded. The message is Chinese and fit to be shown; it may have several lines."""
