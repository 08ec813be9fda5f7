"""checkov over all templates of the given assemblies. See ../checkov."""

import os
import socket
import sys

from accepted import Finding, judge

CHECKOV = "checkov"


def no_network(*_):
    raise OSError("checkov is run without a network")


def report_on(files):
    """checkov's own report: its CloudFormation checks, one run for all files."""
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = no_network
    # Here, not above: it costs seconds, and reads its settings when it is imported.
    from checkov.cloudformation.runner import Runner
    from checkov.runner_filter import RunnerFilter

    return Runner().run(root_folder=None, files=files,
                        runner_filter=RunnerFilter(framework=["cloudformation"]))


def all_findings(stacks):
    by_file = {str(s.template_file.resolve()): s for s in stacks}
    report = report_on(sorted(by_file))

    def finding(level, record, message):
        stack, id = by_file[record.file_abs_path], record.resource.rpartition(".")[2]
        return Finding(CHECKOV, level, record.check_id, f"{stack.id}/Resources/{id}", message,
                       str(stack.template_file))

    found = [finding("error", r, r.check_name) for r in report.failed_checks]
    # A template may not switch a check off from the inside; exceptions.toml is for that.
    found += [finding("hidden", r, "the template's metadata skips the check")
              for r in report.skipped_checks]
    # A file it cannot read, or reads in part, has no findings either.
    found += [Finding(CHECKOV, "unread", "parse", by_file[os.path.abspath(f)].id, "not understood", f)
              for f in report.parsing_errors]
    there = sum(len(s.template()["Resources"]) for s in stacks)
    if len(report.resources) != there:
        found.append(Finding(CHECKOV, "unread", "count", "*", f"saw {len(report.resources)} of "
                             f"{there} resources", "*"))
    return found


def main(arguments):
    return judge(CHECKOV, {CHECKOV}, all_findings, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
