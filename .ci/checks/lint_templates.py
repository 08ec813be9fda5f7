"""The two linters over all templates of the given assemblies. See ../lint-templates."""

import fnmatch
import logging
import multiprocessing
import re
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assembly import stacks_of, values_of

CFN_LINT, VALIDATE = "cfn-lint", "cloudformation-validate"


@dataclass(frozen=True)
class Finding:
    tool: str
    level: str
    rule: str
    where: str
    message: str
    file: str


def hidden(stack):
    """A template may not switch a linter off from the inside; exceptions.toml is for that."""
    return [Finding(CFN_LINT, "error", "hidden", stack.id,
                    "the template carries `cfn-lint` metadata", str(stack.template_file))
            for _ in values_of(stack.template(), "cfn-lint")]


def run_cfn_lint(job):
    file, region, stack = job
    from cfnlint.api import lint
    from cfnlint.config import ManualArgs

    logging.disable(logging.WARNING)
    # An info is never an error; leaving the rules out also saves their time.
    matches = lint(Path(file).read_text(), config=ManualArgs(regions=[region], ignore_checks=["I"]))
    return [
        Finding(CFN_LINT, m.rule.severity, m.rule.id,
                "/".join([stack, *map(str, m.path or [])]), m.message, file)
        for m in matches if m.rule.severity != "informational"
    ]


def run_validate(jobs):
    import cloudformation_validate as validate

    engine, found = validate.CompositeEngine(), []
    for file, (account, region, name), stack, parameters in jobs:
        config = validate.ValidateConfig(
            severity_level=validate.Severity.WARN,
            parameter_overrides=parameters,
            pseudo_parameter_overrides=validate.PseudoParameterOverrides(
                region=region, account_id=account, stack_name=name),
        )
        report = engine.validate_template(file, config)
        for d in report.diagnostics:
            path = re.split(r"[./]", d.property_path or "")
            place = [stack]
            if d.entity and d.entity.logical_id and d.entity.logical_id not in path:
                place += [f"{d.entity.entity_type.name.capitalize()}s", d.entity.logical_id]
            place += path
            found.append(Finding(VALIDATE, d.severity.name.lower(), d.rule_id,
                                 "/".join(p for p in place if p), d.message, file))
    return found


def all_findings(stacks):
    """cfn-lint costs seconds a process and file, the validator milliseconds: it takes one task."""
    found = sum(map(hidden, stacks), [])
    by_size = sorted(stacks, key=lambda s: -s.template_file.stat().st_size)
    with multiprocessing.Pool(min(len(stacks) + 1, multiprocessing.cpu_count())) as pool:
        validated = pool.apply_async(run_validate, [[
            (str(s.template_file), s.place, s.id, s.parameters) for s in stacks]])
        linted = pool.imap_unordered(
            run_cfn_lint, [(str(s.template_file), s.region, s.id) for s in by_size])
        found += sum(linted, []) + validated.get()
        return sorted(found, key=lambda f: (f.file, f.where, f.rule))


def exceptions():
    entries = tomllib.loads(Path(__file__).with_name("..").joinpath("exceptions.toml")
                            .read_text()).get("exception", [])
    for entry in entries:
        if set(entry) != {"tool", "rule", "where", "reason"} or not entry["reason"].strip():
            raise SystemExit("error: exceptions.toml: an exception has `tool`, `rule`, `where` "
                             f"and `reason`, not {sorted(entry)}")
    return entries


def covers(entry, finding):
    return (entry["tool"] == finding.tool and entry["rule"] == finding.rule
            and fnmatch.fnmatchcase(finding.where, entry["where"]))


def main(arguments):
    started = time.monotonic()
    partial = "--partial" in arguments
    folders = [a for a in arguments if a != "--partial"]
    if not folders:
        raise SystemExit("usage: lint-templates [--partial] DIR...")
    stacks = [stack for folder in folders for stack in stacks_of(folder)]
    accepted, needed, wrong = exceptions(), Counter(), 0
    for finding in all_findings(stacks):
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
    print(f"lint-templates: {len(stacks)} templates, {wrong} findings, "
          f"{sum(1 for i in needed)} of {len(accepted)} exceptions in use, "
          f"{time.monotonic() - started:.1f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
