"""From a kommun's files to finished pages: the notebook run, exported and accounted for."""
