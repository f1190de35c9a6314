"""The editor's decisions, brought to their places in the text."""
