"""What `nova doctor` looks at: settings, files and the machine first, without opening anything, then the running Nova."""

from collections.abc import Callable, Iterator

from nova.cli.checks import door, files, hotline, logs, machine
from nova.cli.checks.line import Line
from nova.settings import Settings

OWNER = "nova doctor mit dem Benutzer ausführen, dem der Datenordner gehört"
OF_THE_MACHINE: tuple[Callable[[], Iterator[Line]], ...] = (machine.python, machine.packages, machine.user, machine.ocr, files.env_file)
OF_THE_INSTALLATION: tuple[Callable[[Settings], Iterator[Line]], ...] = (
    files.data_folder,
    files.secrets,
    files.master_data,
    door.admin_key,
    door.metrics_key,
    door.bind,
    door.hosts,
    door.proxies,
    door.https,
    door.dev_users,
    door.rate_limits,
    door.fetch,
    door.clamav,
    hotline.hotline,
    logs.log_file,
    logs.log_secrets,
    machine.disk,
    machine.descriptors,
    machine.clock,
)


def before_opening(settings: Settings) -> Iterator[Line]:
    """Every check that needs nothing open. Files come before keys, because reading a key closes its file to others."""
    for look in OF_THE_MACHINE:
        yield from look()
    for check in OF_THE_INSTALLATION:
        try:
            yield from check(settings)
        except PermissionError as error:
            yield Line(check.__name__, "fail", f"Für diesen Benutzer nicht lesbar: {error.filename}", OWNER)
