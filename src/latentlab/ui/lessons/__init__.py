"""The Lessons page, and the bar that every page shows while a lesson runs."""
