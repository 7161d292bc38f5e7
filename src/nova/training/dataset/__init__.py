"""What a model is tuned with: what may be learned from, what says the same, how it is split, what stops it, the folder that runs read."""
