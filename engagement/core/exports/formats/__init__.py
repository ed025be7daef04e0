"""One module for each file format; all write the rows of an ``Export`` as a stream."""
