"""Numbers of the room in, how they are written in German out: the same digits wherever a figure is shown."""

from nova import german

# Digits after the comma by unit; what is not here is counted.
DIGITS = {"kWh": 1, "kW": 2, "EUR": 2, "EUR/MWh": 2, "%": 0, "h": 1, "°C": 1, "ct/kWh": 2, "MW": 0, "kg": 1, "MWh": 3}
LITTLE = {"kWh": 1, "kW": 0.1}  # what is less has one digit more


def amount(value: float, unit: str) -> str:
    """As "1.234,5 kWh"; a share of one ("1") in per cent, little energy and power to one digit more."""
    if unit == "1":
        return amount(100 * value, "%")
    return f"{german.number(value, digits_of(value, unit))} {unit}".rstrip()


def digits_of(value: float, unit: str) -> int:
    """The digits behind the comma: what a home draws at night is some hundredths of a kW."""
    return DIGITS.get(unit, 0) + int(abs(value) < LITTLE.get(unit, 0))
