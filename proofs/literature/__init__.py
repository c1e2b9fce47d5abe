"""Statements as they are printed elsewhere, one a file: judged, and corrected where need be."""
