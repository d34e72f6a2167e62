"""The static chat: plain files, served as they are. Nothing here runs in Python."""
