"""What engines read in, what the places of Nova that use them show out."""
