"""An app with workflows whose steps say where they are, and which counts its statements."""
