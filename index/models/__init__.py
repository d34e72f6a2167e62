"""The model that Selon comes with. This module stays light: `selon --help` reads its name."""

DEFAULT_MODEL = "selon-mini-fr-en"
