"""The Anomalies page: what a network finds unusual, how often it is right, and where it is not."""
