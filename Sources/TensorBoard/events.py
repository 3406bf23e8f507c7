"""Turns the scalars of a run's history into a TensorBoard event file for the process that started this one.

Descriptor 3 is a socket: a JSON array of [tag, step, seconds, value] comes in up to its end, the file's bytes go
out. The exit code is 0 after a whole file; otherwise the last line on standard error says why, with 69 for a
missing package.
"""

import json
import os
import socket
import sys
import tempfile

PACKAGE = "tensorboardX==2.6.5"
MISSING = 69


def main():
    with socket.socket(fileno=3) as channel:
        scalars = json.loads(channel.makefile("rb").read())
        channel.sendall(event_file(scalars))


def event_file(scalars):
    try:
        from tensorboardX import SummaryWriter
    except ModuleNotFoundError as error:
        print(f"its Python has no {error.name}: {installation(PACKAGE)}", file=sys.stderr)
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as directory:
        writer = SummaryWriter(directory)
        for tag, step, seconds, value in scalars:
            writer.add_scalar(tag, value, step, walltime=seconds)
        writer.close()
        (name,) = os.listdir(directory)
        with open(os.path.join(directory, name), "rb") as file:
            return file.read()


main()
