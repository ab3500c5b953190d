"""What a class's phones and its projector ask of the web server; Streamlit has no part in it."""
