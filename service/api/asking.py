"""Who asks, and with what at hand: what every handler is given beside what the request says."""

from typing import TypeAlias

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from service.workflows.context import Context

# The application made it, so there is nothing to validate; it holds what no decoder knows, such as locks.
Asking: TypeAlias = NamedDependency[SkipValidation[Context]]
