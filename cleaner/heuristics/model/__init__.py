"""The trained model of texts, scored in numpy alone, and the choice of what stays."""
