"""Findings of outside tools, and those that exceptions.toml accepts."""

import fnmatch
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assembly import stacks_of

TOOLS = {"cfn-lint", "cloudformation-validate", "checkov"}


@dataclass(frozen=True)
class Finding:
    tool: str
    level: str
    rule: str
    where: str
    message: str
    file: str


def exceptions(tools):
    """The entries for these tools; every entry is looked at for its form."""
    entries = tomllib.loads(Path(__file__).with_name("..").joinpath("exceptions.toml")
                            .read_text()).get("exception", [])
    for entry in entries:
        if set(entry) != {"tool", "rule", "where", "reason"} or not entry["reason"].strip():
            raise SystemExit("error: exceptions.toml: an exception has `tool`, `rule`, `where` "
                             f"and `reason`, not {sorted(entry)}")
        if entry["tool"] not in TOOLS:
            raise SystemExit(f"error: exceptions.toml: `{entry['tool']}` is none of {sorted(TOOLS)}")
    return [entry for entry in entries if entry["tool"] in tools]


def covers(entry, finding):
    return (entry["tool"] == finding.tool and entry["rule"] == finding.rule
            and fnmatch.fnmatchcase(finding.where, entry["where"]))


def judge(name, tools, find, arguments):
    """Prints what `find` finds in the stacks of the folders and nothing accepts; 1 if there is any."""
    started = time.monotonic()
    partial = "--partial" in arguments
    folders = [a for a in arguments if a != "--partial"]
    if not folders:
        raise SystemExit(f"usage: {name} [--partial] DIR...")
    stacks = [stack for folder in folders for stack in stacks_of(folder)]
    accepted, needed, wrong = exceptions(tools), Counter(), 0
    for finding in sorted(find(stacks), key=lambda f: (f.file, f.where, f.rule)):
        hits = [i for i, entry in enumerate(accepted) if covers(entry, finding)]
        needed.update(hits)
        if not hits:
            wrong += 1
            print(f"{finding.file}: {finding.tool} {finding.level} {finding.rule} "
                  f"at {finding.where}: {finding.message}")
    for i, entry in enumerate(accepted):
        if not needed[i] and not partial:
            wrong += 1
            print(f"exceptions.toml: {entry['tool']} {entry['rule']} at `{entry['where']}` "
                  "matches no finding any more: delete it")
    print(f"{name}: {len(stacks)} templates, {wrong} findings, "
          f"{sum(1 for i in needed)} of {len(accepted)} exceptions in use, "
          f"{time.monotonic() - started:.1f} s")
    return 1 if wrong else 0
