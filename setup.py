"""The reader as machine code, where it is asked for: ``make compile``. Any other install is plain Python.

Belongs here: compiling the modules that ``extract/compiled.py`` names, by mypyc, in place. Does not belong here:
anything of the package itself (``pyproject.toml``).
"""

import sys
from pathlib import Path

from setuptools import setup

OPTIONS = {}
if "build_ext" in sys.argv:  # no installer says so; it would have neither mypyc nor, maybe, a C compiler
    from mypyc.build import mypycify
    from setuptools.command.build_ext import build_ext

    ROOT = Path(__file__).resolve().parent
    sys.path.insert(0, str(ROOT))
    from extract import compiled

    fingerprint = compiled.fingerprint()  # before anything is read: what is saved from now on is not compiled

    class InPlace(build_ext):
        """Compiles quietly, and says beside the modules what they were compiled from."""

        def build_extensions(self):
            """Without the warnings for C that people write, which take longer than compiling does."""
            self.compiler.compiler_so = [flag for flag in self.compiler.compiler_so if flag not in ("-Wall", "-g")]
            if sys.platform == "linux":  # calls within the library and into Python take no detour: 5 % faster
                for extension in self.extensions:
                    extension.extra_compile_args += ["-fvisibility=hidden", "-fno-plt"]
            super().build_extensions()

        def copy_extensions_to_source(self):
            """What an interruption leaves, or a process finds that starts in between, is refused."""
            compiled.stamp(compiled.UNFINISHED)
            super().copy_extensions_to_source()
            compiled.stamp(fingerprint)

    modules = [str(path.relative_to(ROOT)) for path in compiled.sources()]
    # one library of all, inside the package; more optimisation than 1 takes twice the time and reads no faster
    extensions = mypycify(modules, opt_level="1", debug_level="0", group_name="extract._reader")
    extensions.sort(key=lambda extension: "__mypyc" not in extension.name)  # the library first: all others load it
    OPTIONS = {"ext_modules": extensions, "cmdclass": {"build_ext": InPlace}}

setup(**OPTIONS)
