"""How the model is made: gold pages, labels, the vocabulary, boosting, cross-validation. Not needed to clean."""
