"""The child process that reads hostile files: started, limited, and without rights."""
