"""The Explore page: the latent space at mouse speed, as a component of the page.

``page.py`` is the page's conversation with the component, ``messages.py`` what Python sends to it.
"""
