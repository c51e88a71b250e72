"""The desk's acts as resources: each view gets, acts, says what came of it, and goes back."""
