"""Training of the shipped model on pictures drawn here (extra ``train``); see docs/models.md."""
