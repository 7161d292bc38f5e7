"""Numbers of the room in, how they are written in German out: the same digits wherever a figure is shown."""

from nova import german

# Digits after the comma by unit; what is not here is counted.
DIGITS = {"kWh": 1, "kW": 2, "EUR": 2, "EUR/MWh": 2, "%": 0, "h": 1, "°C": 1, "ct/kWh": 2, "MW": 0, "kg": 1}


def amount(value: float, unit: str) -> str:
    """As "1.234,5 kWh"; a share of one ("1") in per cent, less than a kWh to two digits."""
    if unit == "1":
        return amount(100 * value, "%")
    digits = 2 if unit == "kWh" and abs(value) < 1 else DIGITS.get(unit, 0)
    return f"{german.number(value, digits)} {unit}".rstrip()
