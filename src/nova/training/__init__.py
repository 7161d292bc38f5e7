"""What is learned and whether it may serve: a candidate's answers judged beside the former ones, and leaks between two sets."""
