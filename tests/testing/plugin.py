"""How pytest finds the plugin: by its entry point, or by name where no entry point is installed."""

from importlib.metadata import entry_points

PLUGIN = "verifier.testing.plugin"
INSTALLED = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
ENVIRONMENT = {} if INSTALLED else {"PYTEST_PLUGINS": PLUGIN}
