"""What things are called and what figures mean, for the app and for the command line."""
