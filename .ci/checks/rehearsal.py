"""The life of an assembly's stacks on the emulator, step by step."""

import copy
import json
import os
import subprocess
import tomllib
from pathlib import Path

from botocore.exceptions import ClientError

from assembly import manifest_of
from cloud import Failed
from taken_out import Lost, TakingOut

CI = Path(__file__).resolve().parent.parent
LIST = CI / "unknown-to-ministack.txt"


class Rehearsal:
    def __init__(self, stacks, absent, clouds, unknown, work):
        self.stacks, self.clouds, self.unknown, self.work = stacks, clouds, unknown, work
        self.given = tomllib.loads((CI / "parameters.toml").read_text())
        self.lost, self.templates, self.used = Lost(), {}, set()
        self.lost.outputs = {(s.place, o) for s in absent for o in s.template().get("Outputs", {})}
        self.total = self.kept = 0

    def cloud(self, stack):
        return self.clouds[stack.place[:2]]

    def prepared(self, stack, unknown, lost):
        cut = TakingOut(stack, stack.template(), unknown, lost).run()
        self._fill_in_from_afar(stack, cut.template)
        return cut

    def _fill_in_from_afar(self, stack, node):
        """The emulator reads outputs of its own region only: others become what they stand for."""
        if isinstance(node, list):
            for i, value in enumerate(node):
                node[i] = self._fill_in_from_afar(stack, value)
        elif isinstance(node, dict):
            read = node.get("Fn::GetStackOutput")
            if read and stack.place_read(read)[:2] != stack.place[:2]:
                return self._read_from_afar(stack, read)
            for key, value in node.items():
                node[key] = self._fill_in_from_afar(stack, value)
        return node

    def _read_from_afar(self, stack, read):
        *cloud, name = stack.place_read(read)
        outputs = self.clouds[tuple(cloud)].outputs(name) if tuple(cloud) in self.clouds else {}
        if read["OutputName"] not in outputs:
            raise Failed(f"`{stack.name}` reads `{read['OutputName']}` of `{name}` in {cloud[1]}, "
                         "which has no such output")
        return outputs[read["OutputName"]]

    def create(self, stack):
        original = stack.template()
        self.fill_in_parameters(stack)
        cut = self.prepared(stack, self.unknown, self.lost)
        for entry in sorted(e for e in cut.used - self.used if e.sign):
            self.expect_still_unknown(stack, entry)
        self.used |= cut.used
        self.total += len(original["Resources"])
        self.kept += len(cut.template["Resources"])
        self.templates[stack.id] = cut.template
        if not cut.template["Resources"]:
            self.lost.outputs |= {(stack.place, o) for o in original.get("Outputs", {})}
            return
        self.cloud(stack).deploy(stack, cut.template, stack.tags)
        self.check(stack)

    def fill_in_parameters(self, stack):
        """What a deployer would do: values that are kept from other stacks, and things that are there before."""
        self.fill_in_given(stack)
        self.fill_in_kept(stack)

    def fill_in_given(self, stack):
        for name, parameter in stack.template().get("Parameters", {}).items():
            if parameter["Type"] == "AWS::Route53::HostedZone::Id":
                stack.parameters[name] = self.cloud(stack).hosted_zone()
            elif name in self.given:
                stack.parameters[name] = self.given[name]

    def fill_in_kept(self, stack):
        by_id = {s.id: s for s in self.stacks}
        for parameter, (id, output) in stack.kept.items():
            producer = by_id.get(id)
            if not producer or (producer.place, output) in self.lost.outputs:
                continue
            outputs = self.cloud(producer).outputs(producer.name)
            if output not in outputs:
                raise Failed(f"`{stack.name}` keeps `{output}` of `{producer.name}`, "
                             "which has no such output")
            stack.parameters[parameter] = outputs[output]

    def expect_still_unknown(self, stack, entry):
        """Tries the stack with the one thing left in; the emulator must stumble over it."""
        lost = copy.deepcopy(self.lost)
        template = self.prepared(stack, self.unknown.without(entry), lost).template
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::SecretsManager::Secret":
                # The emulator's rollback leaves copies behind, which would be in the real deployment's way.
                resource["Properties"].pop("ReplicaRegions", None)
        cloud = self.cloud(stack)
        try:
            cloud.deploy(stack, template, stack.tags)
        except (Failed, ClientError):
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

    def each(self, step, backwards=False):
        for stack in self.stacks[::-1] if backwards else list(self.stacks):
            step(stack)

    def forget_empty(self):
        """A stack of which nothing is left has no further part in this."""
        self.stacks = [s for s in self.stacks if self.templates[s.id]["Resources"]]

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

    def write_assembly(self, folder):
        """What was deployed, as an assembly for the stock CLI."""
        out = self.work / "assembly"
        out.mkdir(exist_ok=True)
        manifest = {"version": manifest_of(folder)["version"], "artifacts": {}}
        for stack in self.stacks:
            file = f"{stack.id}.template.json"
            (out / file).write_text(json.dumps(self.templates[stack.id], indent=1))
            manifest["artifacts"][stack.id] = {
                "type": "aws:cloudformation:stack",
                "environment": f"aws://{stack.account}/{stack.region}",
                "properties": {"templateFile": file, "stackName": stack.name, "tags": stack.tags},
            }
        (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
        return out

    def cdk(self, command, *options):
        """The stock CLI, let loose on what is deployed; once an account, as it has one key a run."""
        said = ""
        for account in sorted({stack.account for stack in self.stacks}):
            stacks = [stack.id for stack in self.stacks if stack.account == account]
            run = subprocess.run(
                [CI / "cdk", command, "--app", self.work / "assembly", *options, *stacks],
                env={**os.environ, "AWS_ENDPOINT_URL": self.cloud(self.stacks[0]).endpoint,
                     "AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "emulator"},
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said += run.stdout
            if run.returncode:
                raise Failed(f"cdk {command} does not agree:\n{run.stdout}")
        return said

    def cdk_diff(self):
        self.cdk("diff", "--method=template", "--strict", "--fail")

    def cdk_deploy(self):
        said = self.cdk("deploy", "--require-approval=never", "--progress=events")
        if said.count("(no changes)") != len(self.stacks):
            raise Failed(f"cdk deploy finds something to change:\n{said}")


def with_a_change(template):
    """The template with a tag and, where it has logs, a retention that it had not before."""
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        tags = properties.get("Tags")
        if isinstance(tags, list) and all(set(tag) == {"Key", "Value"} for tag in tags):
            tags.append({"Key": "Rehearsed", "Value": "yes"})
        if isinstance(properties.get("RetentionInDays"), int):
            properties["RetentionInDays"] = 14 if properties["RetentionInDays"] != 14 else 30
    return template
