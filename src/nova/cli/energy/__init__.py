"""Commands about meters, readings, prices, plants and the simulated world."""
