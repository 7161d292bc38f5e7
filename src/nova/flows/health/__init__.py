"""How an installation is: its services, and what a look at its folder, its files and its index finds."""
