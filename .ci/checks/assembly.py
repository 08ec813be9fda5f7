"""Reads a cloud assembly: which stacks it holds, where they go and in what order."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

ENVIRONMENT = re.compile(r"aws://([^/]+)/(.+)")
ROLE_ACCOUNT = re.compile(r"arn:[^:]*:iam::(\d{12}):")


@dataclass
class Stack:
    id: str
    display_name: str
    name: str
    account: str
    region: str
    template_file: Path
    parameters: dict
    tags: dict
    depends_on: list = field(default_factory=list)
    # Parameter -> (stack id, output): what a deployer fills in, as `ce.json` names it.
    kept: dict = field(default_factory=dict)

    @property
    def place(self):
        """What names a stack for good: two regions may each have one of the same name."""
        return self.account, self.region, self.name

    def place_read(self, output):
        """The place of the stack that a `Fn::GetStackOutput` of this stack reads."""
        role = ROLE_ACCOUNT.match(str(output.get("RoleArn", "")))
        return (role[1] if role else self.account, output.get("Region", self.region),
                output["StackName"])

    def template(self):
        try:
            return json.loads(self.template_file.read_text())
        except (OSError, ValueError) as error:
            raise SystemExit(f"error: the template of `{self.id}`: {self.template_file}: {error}")


def manifest_of(folder):
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise SystemExit(f"error: `{folder}` is no cloud assembly: it has no manifest.json")
    return json.loads(path.read_text())


def stacks_of(folder):
    """The stacks of an assembly and of the assemblies nested in it, in the manifest's order."""
    folder, found = Path(folder), []
    own = folder / "ce.json"
    facts = json.loads(own.read_text())["stacks"] if own.is_file() else {}
    for id, artifact in manifest_of(folder)["artifacts"].items():
        properties = artifact.get("properties", {})
        if artifact["type"] == "cdk:cloud-assembly":
            found += stacks_of(folder / properties["directoryName"])
        if artifact["type"] != "aws:cloudformation:stack":
            continue
        account, region = ENVIRONMENT.match(artifact["environment"]).groups()
        found.append(Stack(
            id=id,
            display_name=artifact.get("displayName", id),
            name=properties.get("stackName", id),
            account=account,
            region=region,
            template_file=folder / properties["templateFile"],
            parameters=properties.get("parameters", {}),
            tags=properties.get("tags", {}),
            depends_on=artifact.get("dependencies", []),
            kept={k["parameter"]: (k["stack"], k["output"])
                  for k in facts.get(id, {}).get("keptParameters", [])},
        ))
    if not found:
        raise SystemExit(f"error: the assembly `{folder}` holds no stack")
    return found


def values_of(node, key):
    """Every value that stands under `key`, at any depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values_of(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from values_of(value, key)


def in_order(stacks):
    """The stacks so that each comes after those it depends on, reads or is filled in from."""
    by_id, by_place = {s.id: s for s in stacks}, {s.place: s for s in stacks}
    done, order, open_ = set(), [], []

    def visit(stack):
        if stack.id in done:
            return
        if stack.id in open_:
            raise SystemExit("error: stacks depend on each other in a circle: "
                             + " -> ".join([*open_, stack.id]))
        open_.append(stack.id)
        reads = values_of(stack.template(), "Fn::GetStackOutput")
        filled_from = (id for id, _ in stack.kept.values())
        for other in [*map(by_id.get, stack.depends_on), *map(by_id.get, filled_from),
                      *(by_place.get(stack.place_read(o)) for o in reads)]:
            if other and other is not stack:
                visit(other)
        open_.pop()
        done.add(stack.id)
        order.append(stack)

    for stack in stacks:
        visit(stack)
    return order
