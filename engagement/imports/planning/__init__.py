"""From what a file says to what will be done, before anything is done."""
