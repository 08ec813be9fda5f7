"""Deploys, changes and deletes an assembly on a running emulator. See ../emulated-deploy."""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from botocore.exceptions import ClientError

from assembly import in_order, stacks_of
from cloud import Cloud, Failed
from rehearsal import LIST, Rehearsal
from taken_out import Unknown, type_exists


def check_list(cloud, unknown, stacks):
    """The list and the emulator must agree on every type we use or list."""
    used = {r["Type"] for s in stacks for r in s.template()["Resources"].values()}
    refused = cloud.unrecognized(used | unknown.types())
    lines = [f"{t}: MiniStack does not know it; add it to {LIST.name}"
             for t in sorted(refused - unknown.types())]
    lines += [f"{t}: MiniStack knows it now; take it out of {LIST.name}"
              for t in sorted(unknown.types() - refused)]
    lines += [f"{t}: no such resource type; {LIST.name} is mistaken"
              for t in sorted(e.type for e in unknown) if not type_exists(t)]
    if lines:
        raise Failed("\n".join(lines))


def timed(times, name, work):
    started = time.monotonic()
    work()
    times[name] = time.monotonic() - started


def peak_memory(process):
    """The most memory a process has held so far, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--primary-only", action="store_true", help="the region with most stacks")
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--emulator", type=int, required=True, help="its process id")
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    stacks = stacks_of(options.folder)
    primary = Counter(s.region for s in stacks).most_common(1)[0][0]
    chosen = [s for s in in_order(stacks) if s.region == primary or not options.primary_only]
    absent = [s for s in stacks if s not in chosen]
    clouds = {s.place[:2]: Cloud(options.endpoint, *s.place[:2]) for s in chosen}
    unknown, times = Unknown.read(LIST), {}
    rehearsal = Rehearsal(chosen, absent, clouds, unknown, options.work)
    try:
        check_list(clouds[chosen[0].place[:2]], unknown, chosen)
        timed(times, "create", lambda: rehearsal.each(rehearsal.create))
        rehearsal.forget_empty()
        timed(times, "update", lambda: rehearsal.each(rehearsal.update))
        timed(times, "drift", lambda: rehearsal.each(rehearsal.drift))
        timed(times, "back", lambda: rehearsal.each(rehearsal.back))
        timed(times, "again", lambda: rehearsal.each(rehearsal.again))
        rehearsal.write_assembly(options.folder)
        timed(times, "cdk diff", rehearsal.cdk_diff)
        timed(times, "cdk deploy", rehearsal.cdk_deploy)
        timed(times, "delete", lambda: rehearsal.each(rehearsal.delete, backwards=True))
    except (Failed, ClientError) as failure:
        print(f"emulated-deploy: {failure}")
        return 1
    print(f"emulated-deploy: {len(rehearsal.stacks)} of {len(chosen)} stacks, {rehearsal.kept} of {rehearsal.total} resources; "
          + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
          + f"; emulator {peak_memory(options.emulator)} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
