"""What files of each format hold: articles as plain text, with what the file itself says of them.

One file a format. All but plain text are read in a process of its own (`bounded`), which
a hostile file may hang or kill without harm.
"""
