"""What the elements of a page say of the blocks in them, and the model of pages."""
