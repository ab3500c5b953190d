"""The Restore page: damage a picture, let networks and a classical filter undo it, compare."""
