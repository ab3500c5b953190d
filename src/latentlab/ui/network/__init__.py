"""The Network page: what a network is, in words, pictures and figures."""
