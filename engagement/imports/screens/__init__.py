"""The pages on which files are brought in: uploaded, looked at, decided on, taken, taken back."""
