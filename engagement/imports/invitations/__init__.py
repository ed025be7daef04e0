"""Calendar invitations (.ics): parsed, parties guessed, confirmed by somebody, made into a proposed meeting."""
