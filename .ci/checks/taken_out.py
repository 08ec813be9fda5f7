"""Takes out of a template what the emulator does not know, and all that refers to it.

A reference to something gone takes with it as little as it can: the list element or the
optional property it stands in, and only where a property is required the thing around it.
What is required is read from the resource schemas that come with cfn-lint.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

GONE = object()
SUB_NAME = re.compile(r"\$\{([^!}][^}]*)\}")
# These say "this belongs to that": half of one is of no use, though no schema requires both.
WHOLE = {"AWS::EC2::Route"}
PAIRS = ({"Name", "Value"}, {"Key", "Value"}, {"Name", "ValueFrom"})


def type_exists(name):
    try:
        return bool(PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", name))
    except ResourceNotFoundError:
        return False


@dataclass(frozen=True, order=True)
class Entry:
    """One line of the list: `Type`, `Type.Attribute`, `Type/Property` or `Type/Property=Value`."""

    type: str
    sign: str = ""
    name: str = ""

    def __str__(self):
        return self.type + self.sign + self.name


class Unknown(set):
    """The entries of the list file."""

    @classmethod
    def read(cls, path):
        lines = [line.partition("#")[0].strip() for line in Path(path).read_text().splitlines()]
        parts = [re.split(r"([./])", line, maxsplit=1) for line in lines if line]
        return cls(Entry(*part) for part in parts)

    def types(self):
        return {e.type for e in self if not e.sign}

    def without(self, entry):
        return Unknown(self - {entry})


@dataclass
class Lost:
    """What other stacks can not refer to any more."""

    outputs: set = field(default_factory=set)
    exports: set = field(default_factory=set)


class Schema:
    """One place in a resource schema; a place the schema does not describe requires all it has."""

    def __init__(self, root, node):
        self.root, self.node = root, self._followed(root, node)

    @staticmethod
    def _followed(root, node):
        while isinstance(node, dict) and "$ref" in node:
            at = root
            for key in node["$ref"].removeprefix("#/").split("/"):
                at = at.get(key) if isinstance(at, dict) else None
            node = at
        return node if isinstance(node, dict) else {}

    def requires(self, key, siblings):
        if set(siblings) in PAIRS:
            return True
        described = self.node.get("properties")
        return key in self.node.get("required", []) if described else True

    def property(self, key):
        return Schema(self.root, self.node.get("properties", {}).get(key))

    def item(self):
        return Schema(self.root, self.node.get("items"))


class TakingOut:
    def __init__(self, stack, template, unknown, lost):
        self.stack, self.template = stack, template
        self.unknown, self.lost = unknown, lost
        self.resources = template["Resources"]
        self.types = {id: r["Type"] for id, r in self.resources.items()}
        self.gone, self.used = set(), set()

    def run(self):
        for id, resource in list(self.resources.items()):
            properties = resource.get("Properties", {})
            present = [Entry(resource["Type"])] + [
                Entry(resource["Type"], "/", name) for key, value in properties.items()
                for name in (key, f"{key}={value}")]
            for entry in self.unknown.intersection(present):
                self.used.add(entry)
                self._drop(id)
        before = -1
        while before != len(self.gone):
            before = len(self.gone)
            for id in list(self.resources):
                self._prune(id)
        self._prune_outputs()
        return self

    def _drop(self, id):
        self.resources.pop(id, None)
        self.gone.add(id)

    def _prune(self, id):
        resource = self.resources[id]
        waits = resource.get("DependsOn", [])
        kept = [o for o in ([waits] if isinstance(waits, str) else waits) if o not in self.gone]
        resource.pop("DependsOn", None)
        if kept:
            resource["DependsOn"] = kept
        if "Properties" not in resource:
            return
        root = PROVIDER_SCHEMA_MANAGER.get_resource_schema(self.stack.region, resource["Type"]).schema
        before = resource["Properties"]
        after = self._value(before, Schema(root, root))
        if after is GONE or (resource["Type"] in WHOLE and after != before):
            self._drop(id)
        else:
            resource["Properties"] = after

    def _prune_outputs(self):
        outputs = self.template.get("Outputs", {})
        for name, output in list(outputs.items()):
            if self._value(output["Value"], Schema({}, None)) is not GONE:
                continue
            del outputs[name]
            self.lost.outputs.add((self.stack.place, name))
            if isinstance(output.get("Export", {}).get("Name"), str):
                self.lost.exports.add((*self.stack.place[:2], output["Export"]["Name"]))

    def _value(self, node, schema):
        if isinstance(node, list):
            items = [self._value(item, schema.item()) for item in node]
            kept = [item for item in items if item is not GONE]
            return GONE if node and not kept else kept
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, argument), = node.items()
            if key == "Ref" or key.startswith("Fn::"):
                return GONE if self._refers_to_gone(key, argument) else node
        result = {}
        for key, value in node.items():
            value = self._value(value, schema.property(key))
            if value is not GONE:
                result[key] = value
            elif schema.requires(key, node):
                return GONE
        return GONE if node and not result else result

    def _refers_to_gone(self, key, argument):
        if key == "Ref":
            return argument in self.gone
        if key == "Fn::GetAtt":
            id, name = argument.split(".", 1) if isinstance(argument, str) else argument
            return self._attribute_gone(id, name)
        if key == "Fn::GetStackOutput":
            return (self.stack.place_read(argument), argument["OutputName"]) in self.lost.outputs
        if key == "Fn::ImportValue":
            return isinstance(argument, str) and (
                (*self.stack.place[:2], argument) in self.lost.exports)
        if key == "Fn::Sub":
            text = argument if isinstance(argument, str) else argument[0]
            for name in SUB_NAME.findall(text):
                id, _, attribute = name.partition(".")
                if id in self.gone or (attribute and self._attribute_gone(id, attribute)):
                    return True
        return self._any_gone(argument)

    def _attribute_gone(self, id, name):
        if id in self.gone:
            return True
        entry = Entry(self.types.get(id), ".", name)
        if entry in self.unknown:
            self.used.add(entry)
            return True
        return False

    def _any_gone(self, node):
        if isinstance(node, list):
            return any(map(self._any_gone, node))
        if isinstance(node, dict):
            return any(
                self._refers_to_gone(k, v) if k == "Ref" or k.startswith("Fn::")
                else self._any_gone(v) for k, v in node.items())
        return False
