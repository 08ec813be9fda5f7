"""Automation documents of assemblies: that their calls and scripts are ones that can be made."""

import ast
import json
import sys
from pathlib import Path

import botocore.session

from assembly import stacks_of

SESSION = botocore.session.get_session()
CALLS = {"aws:executeAwsApi", "aws:waitForAwsResourceProperty", "aws:assertAwsResourceProperty"}
OWN_INPUTS = {"Service", "Api", "PropertySelector", "DesiredValues"}


def call_problems(inputs):
    """What is wrong with a call of AWS."""
    service, api = inputs.get("Service"), inputs.get("Api")
    if service not in SESSION.get_available_services():
        return [f"`{service}` is no service of AWS"]
    model = SESSION.get_service_model(service)
    if api not in model.operation_names:
        return [f"`{service}` has no operation `{api}`"]
    shape = model.operation_model(api).input_shape
    known = shape.members if shape else {}
    given = set(inputs) - OWN_INPUTS
    missing = set(shape.required_members if shape else []) - given
    return [f"`{api}` has no input `{name}`" for name in sorted(given - set(known))] + [
        f"`{api}` needs `{name}`" for name in sorted(missing)]


def script_problems(inputs):
    """What is wrong with a script."""
    try:
        tree = ast.parse(inputs["Script"])
    except SyntaxError as error:
        return [f"the script is no Python: {error}"]
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    handler = functions.get(inputs["Handler"])
    if handler is None:
        return [f"the script has no function `{inputs['Handler']}`"]
    return [] if len(handler.args.args) == 2 else [f"`{handler.name}` does not take events and a context"]


def step_problems(step):
    if step["action"] in CALLS:
        return call_problems(step["inputs"])
    if step["action"] == "aws:executeScript":
        return script_problems(step["inputs"])
    return []


def documents_of(folder):
    for stack in stacks_of(folder):
        template = json.loads(Path(stack.template_file).read_text())
        for logical_id, resource in template["Resources"].items():
            if resource["Type"] == "AWS::SSM::Document" and resource["Properties"]["DocumentType"] == "Automation":
                yield f"{stack.id}/{logical_id}", resource["Properties"]["Content"]


def check_itself():
    """A judge that finds nothing in what is wrong is none."""
    wrong = [
        {"action": "aws:executeAwsApi", "inputs": {"Service": "nobody", "Api": "Do"}},
        {"action": "aws:executeAwsApi", "inputs": {"Service": "rds", "Api": "Do"}},
        {"action": "aws:executeAwsApi", "inputs": {"Service": "rds", "Api": "FailoverGlobalCluster"}},
        {"action": "aws:executeScript", "inputs": {"Script": "def f(:", "Handler": "f"}},
        {"action": "aws:executeScript", "inputs": {"Script": "def f(a, b): pass", "Handler": "g"}},
    ]
    assert all(step_problems(step) for step in wrong)


def main(folders):
    check_itself()
    count = steps = found = 0
    for folder in folders:
        for place, content in documents_of(folder):
            count += 1
            for step in content["mainSteps"]:
                steps += 1
                for problem in step_problems(step):
                    print(f"{folder}: {place}: step `{step['name']}`: {problem}")
                    found += 1
    if not count:
        print("check-documents: no assembly has a document")
        return 1
    print(f"check-documents: {count} documents, {steps} steps, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
