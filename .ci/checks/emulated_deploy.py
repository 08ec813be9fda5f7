"""Deploys, changes and deletes an assembly on a running emulator. See ../emulated-deploy."""

import argparse
import copy
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from botocore.exceptions import ClientError

from assembly import in_order, manifest_of, stacks_of, values_of
from cloud import Cloud, Failed
from taken_out import Lost, TakingOut, Unknown, type_exists

CI = Path(__file__).resolve().parent.parent
LIST = CI / "unknown-to-ministack.txt"


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


class Rehearsal:
    def __init__(self, stacks, absent, clouds, unknown, work):
        self.stacks, self.clouds, self.unknown, self.work = stacks, clouds, unknown, work
        self.lost, self.templates, self.used = Lost(), {}, set()
        self.lost.outputs = {(s.name, o) for s in absent for o in s.template().get("Outputs", {})}
        self.total = self.kept = 0

    def cloud(self, stack):
        return self.clouds[stack.region]

    def prepared(self, stack, unknown, lost):
        cut = TakingOut(stack, stack.template(), unknown, lost).run()
        self._fill_in_other_regions(stack, cut.template)
        return cut

    def _fill_in_other_regions(self, stack, node):
        """The emulator reads outputs of its own region only: others become what they stand for."""
        if isinstance(node, list):
            for i, value in enumerate(node):
                node[i] = self._fill_in_other_regions(stack, value)
        elif isinstance(node, dict):
            read = node.get("Fn::GetStackOutput")
            if read and read.get("Region", stack.region) != stack.region:
                return self.clouds[read["Region"]].outputs(read["StackName"])[read["OutputName"]]
            for key, value in node.items():
                node[key] = self._fill_in_other_regions(stack, value)
        return node

    def create(self, stack):
        original = stack.template()
        cut = self.prepared(stack, self.unknown, self.lost)
        for entry in sorted(e for e in cut.used - self.used if e.sign):
            self.expect_still_unknown(stack, entry)
        self.used |= cut.used
        self.total += len(original["Resources"])
        self.kept += len(cut.template["Resources"])
        self.templates[stack.id] = cut.template
        if not cut.template["Resources"]:
            return
        self.cloud(stack).deploy(stack, cut.template, stack.tags)
        self.check(stack)

    def expect_still_unknown(self, stack, entry):
        """Tries the stack with the one thing left in; the emulator must stumble over it."""
        lost = copy.deepcopy(self.lost)
        template = self.prepared(stack, self.unknown.without(entry), lost).template
        cloud = self.cloud(stack)
        try:
            cloud.deploy(stack, template, stack.tags)
        except Failed:
            if cloud.exists(stack.name):
                cloud.delete(stack.name)
            return
        raise Failed(f"{entry}: MiniStack can do it now; take it out of {LIST.name}")

    def check(self, stack):
        template, cloud = self.templates[stack.id], self.cloud(stack)
        found = cloud.resources(stack.name)
        unfinished = [r["LogicalResourceId"] for r in found
                      if r["ResourceStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE")]
        sure = {id for id, r in template["Resources"].items() if "Condition" not in r}
        missing = sorted(sure - {r["LogicalResourceId"] for r in found})
        outputs = cloud.outputs(stack.name)
        wanted = {n for n, o in template.get("Outputs", {}).items() if "Condition" not in o}
        unresolved = [n for n, v in outputs.items() if "${" in v or "Fn::" in v or not v]
        if unfinished or missing or unresolved or wanted - set(outputs):
            raise Failed(f"`{stack.name}`: unfinished {unfinished}, missing {missing}, outputs "
                         f"missing {sorted(wanted - set(outputs))}, unresolved {unresolved}")

    def each(self, step, stacks=None):
        for stack in stacks or self.stacks:
            if self.templates.get(stack.id, {"Resources": 1})["Resources"]:
                step(stack)

    def update(self, stack):
        changed = with_a_change(self.templates[stack.id])
        tags = {**stack.tags, "Rehearsal": "changed"}
        if not self.cloud(stack).deploy(stack, changed, tags):
            raise Failed(f"`{stack.name}`: a changed template made no change")
        self.check(stack)

    def back(self, stack):
        if not self.cloud(stack).deploy(stack, self.templates[stack.id], stack.tags):
            raise Failed(f"`{stack.name}`: going back made no change")
        self.check(stack)

    def again(self, stack):
        changes = self.cloud(stack).deploy(stack, self.templates[stack.id], stack.tags)
        if changes:
            raise Failed(f"`{stack.name}`: the same template again made {changes} changes")

    def drift(self, stack):
        """What the emulator's services hold must be what the template says."""
        drifted = self.cloud(stack).drifted(stack.name)
        if drifted:
            raise Failed(f"`{stack.name}` is not what its template says: {drifted}")

    def delete(self, stack):
        self.cloud(stack).delete(stack.name)

    def diff(self, folder, account):
        """The stock CLI must see the deployed stacks as the assembly has them."""
        out = self.work / "assembly"
        out.mkdir(exist_ok=True)
        manifest = {"version": manifest_of(folder)["version"], "artifacts": {}}
        for stack in self.stacks:
            if not self.templates[stack.id]["Resources"]:
                continue
            file = f"{stack.name}.template.json"
            (out / file).write_text(json.dumps(self.templates[stack.id], indent=1))
            manifest["artifacts"][stack.name] = {
                "type": "aws:cloudformation:stack",
                "environment": f"aws://{stack.account}/{stack.region}",
                "properties": {"templateFile": file, "stackName": stack.name, "tags": stack.tags},
            }
        (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
        endpoint = self.cloud(self.stacks[0]).endpoint
        run = subprocess.run(
            [CI / "cdk", "diff", "--app", out, "--method=template", "--strict", "--fail"],
            env={**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": account,
                 "AWS_SECRET_ACCESS_KEY": "emulator"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if run.returncode:
            raise Failed(f"cdk diff sees differences:\n{run.stdout}{run.stderr}")


def with_a_change(template):
    """The template with a tag and, where it has logs, a retention that it had not before."""
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if isinstance(properties.get("Tags"), list) and "RetentionInDays" not in properties:
            properties["Tags"].append({"Key": "Rehearsed", "Value": "yes"})
        if isinstance(properties.get("RetentionInDays"), int):
            properties["RetentionInDays"] = 14 if properties["RetentionInDays"] != 14 else 30
    return template


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
    clouds = {s.region: Cloud(options.endpoint, s.account, s.region) for s in chosen}
    unknown, times = Unknown.read(LIST), {}
    rehearsal = Rehearsal(chosen, absent, clouds, unknown, options.work)
    try:
        check_list(clouds[chosen[0].region], unknown, chosen)
        timed(times, "create", lambda: rehearsal.each(rehearsal.create))
        timed(times, "update", lambda: rehearsal.each(rehearsal.update))
        timed(times, "drift", lambda: rehearsal.each(rehearsal.drift))
        timed(times, "back", lambda: rehearsal.each(rehearsal.back))
        timed(times, "again", lambda: rehearsal.each(rehearsal.again))
        timed(times, "diff", lambda: rehearsal.diff(options.folder, chosen[0].account))
        timed(times, "delete", lambda: rehearsal.each(rehearsal.delete, chosen[::-1]))
    except (Failed, ClientError) as failure:
        print(f"emulated-deploy: {failure}")
        return 1
    print(f"emulated-deploy: {len(chosen)} stacks, {rehearsal.kept} of {rehearsal.total} resources; "
          + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
          + f"; emulator {peak_memory(options.emulator)} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
