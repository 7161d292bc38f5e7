"""Meters, prices and what explains them: readings in and out, the simulator, forecasts, schedules, and answers from data."""
