"""Class mode: the teacher starts a class, asks it, and sees what its phones answer."""
