"""One file per sort of figure; each measures one office through the product's own code."""
