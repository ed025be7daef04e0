"""Lists that people narrow: one filter set says what can be asked, and drives the page and every export alike."""
