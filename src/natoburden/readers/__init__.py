"""Other people's files, read into the model: nothing is lost, nothing guessed, and a fault names its place."""
