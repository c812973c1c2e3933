"""The paper: one rendering of a snapshot, as a tagged PDF (PDF/UA-1) made to last (PDF/A-3a)."""
