"""The Training page: a network while it learns, replayed or live.

``page.py`` is the page's conversation with its component, ``replay.py`` turns a checkpoint's stored
stages into messages, ``sending.py`` decides which stages a visitor is sent, ``orders.py`` does what
a visitor asks for, where ``rights.py`` allows it. The script is ``web/training/``.
"""
