"""Where documents come from: folders and what users sent, what they are called, what was seen."""
