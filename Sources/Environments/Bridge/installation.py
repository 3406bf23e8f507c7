import os
import sys
import sysconfig


def installation(requirement):
    """The command that installs a package for this interpreter, in pip's words: NAME or NAME==VERSION."""
    marker = os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")
    if sys.prefix == sys.base_prefix and os.path.exists(marker):
        name = requirement.partition("==")[0]
        return (
            f"'{sys.executable} -m venv {name} && {name}/bin/pip install {requirement}' installs it; "
            f"then set CHROMATIC_PYTHON={name}/bin/python"
        )
    return f"'{sys.executable} -m pip install {requirement}' installs it"
