"""Do the tests that were asked for compiled modules have them? And do these say what their sources say?"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES

import pytest

import mailer
from tools.compiling import MODULES

pytestmark = pytest.mark.skipif(
    not os.environ.get("MAILER_TESTS_COMPILED"), reason="`make test-fast` asks for compiled modules"
)


@pytest.mark.parametrize("name", MODULES)
def test_the_module_is_machine_code(name):
    """Imported as everybody imports it, it comes from a file of machine code."""
    assert mailer.IS_COMPILED
    assert str(import_module(name).__file__).endswith(EXTENSION_SUFFIXES[0])
