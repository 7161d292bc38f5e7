"""What requests may hold and what answers hold. Answers are not validated at run time; the tests validate every one of them."""
