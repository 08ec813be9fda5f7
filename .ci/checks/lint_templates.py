"""The two linters over all templates of the given assemblies. See ../lint-templates."""

import logging
import multiprocessing
import re
import sys
from pathlib import Path

from accepted import Finding, judge
from assembly import values_of

CFN_LINT, VALIDATE = "cfn-lint", "cloudformation-validate"


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
        return found + sum(linted, []) + validated.get()


def main(arguments):
    return judge("lint-templates", {CFN_LINT, VALIDATE}, all_findings, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
