"""What a classroom needs of the web server: hosts, headers, request filter, first document."""
