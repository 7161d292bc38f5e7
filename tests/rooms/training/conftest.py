"""The bench of seeding, which datasets for training are made on."""

from tests.rooms.seeding.conftest import bench as bench
