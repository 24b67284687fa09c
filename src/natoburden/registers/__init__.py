"""What every room above looks up by key: the targets of the alliance. Files that the room keeps, and their reading."""
