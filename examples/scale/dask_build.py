"""Builds a bundle with Dask: each shard is a task, and one more task merges them.

    python dask_build.py archive.jsonl.gz --config souwen.toml --shards 4 --workers 2 --out bundle
    python dask_build.py archive.jsonl.gz --shards 64 --scheduler tcp://head:8786 --out bundle

The first line starts its own workers, processes on this machine; the second asks a cluster that is
there. Its machines must see the input and the folder of --out under the same paths. What this
program does not know goes to `souwen build` as it is: --config, --name, --base-url, --strict.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid

from distributed import Client, get_worker


def souwen(program, *args):
    """Runs the program; what it says goes into the error if it fails."""
    done = subprocess.run([program, *args], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"souwen {' '.join(args)}: exit status {done.returncode}\n{done.stderr}")


def where():
    return f"worker {get_worker().address}, process {os.getpid()} on {socket.gethostname()}"


def build(program, args, shard, of, folder):
    """A shard; gives its folder, and where it was built."""
    # A name that no other try has: Dask runs a task again if it has lost sight of its worker.
    out = os.path.join(folder, f"{shard}-{uuid.uuid4().hex}")
    souwen(program, "build", *args, "--shard", f"{shard}/{of}", "--out", out)
    return out, where()


def merge(program, args, shards, out):
    """The bundle of all shards; gives where it was merged."""
    souwen(program, "merge", *(folder for folder, _ in shards), *args, "--out", out)
    return where()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("input", nargs="+", help="what `souwen build` is to read")
    parser.add_argument("--out", required=True, help="the bundle's folder")
    parser.add_argument("--shards", type=int, required=True, metavar="N")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a cluster's, such as tcp://head:8786")
    parser.add_argument("--workers", type=int, default=2, help="to start here without --scheduler")
    parser.add_argument("--memory", default="1G", help="of each build, and of the merge")
    parser.add_argument("--souwen", default="souwen", metavar="PROGRAM")
    return parser.parse_known_args()


def connected(args):
    if args.scheduler:
        return Client(args.scheduler)
    # One task at a time in each worker: a build uses more than one processor as it is.
    return Client(
        n_workers=args.workers, threads_per_worker=1, processes=True, dashboard_address=":0"
    )


def run(client, args, others):
    out = os.path.abspath(args.out)
    os.makedirs(os.path.dirname(out), exist_ok=True)
    inputs = [os.path.abspath(path) for path in args.input]
    # Whatever is a file here is meant here: workers have folders of their own.
    others = [os.path.abspath(own) if os.path.exists(own) else own for own in others]
    memory = ["--memory", args.memory]
    folder = tempfile.mkdtemp(prefix=".souwen-shards-", dir=os.path.dirname(out))
    try:
        builds = [*inputs, *others, *memory]
        shards = [
            client.submit(build, args.souwen, builds, shard, args.shards, folder, pure=False)
            for shard in range(1, args.shards + 1)
        ]
        merged = client.submit(merge, args.souwen, memory, shards, out, pure=False)
        for number, (_, place) in enumerate(client.gather(shards), 1):
            print(f"shard {number}/{args.shards}: {place}")
        print(f"merged: {merged.result()}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    args, others = arguments()
    with connected(args) as client:
        try:
            run(client, args, others)
        except (OSError, RuntimeError) as error:
            sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
