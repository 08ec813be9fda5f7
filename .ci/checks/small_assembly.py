"""An assembly of three stacks in two accounts and three regions."""

import json

PLACES = {
    "First": ("111111111111", "us-east-1"),
    "Second": ("111111111111", "eu-west-1"),
    "Third": ("222222222222", "ap-southeast-2"),
}


def template(stack, name, waits):
    """A queue with a fixed name, whose change replaces it; with `waits` also something that is never ready."""
    resources = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": f"{stack.lower()}-{name}"}}}
    if waits:
        resources["Handle"] = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
        resources["Never"] = {
            "Type": "AWS::CloudFormation::WaitCondition",
            "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "1", "Count": 1}}
    return {"Resources": resources, "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}}


def two_accounts(folder, name="queue", waits=False):
    folder.mkdir(exist_ok=True)
    artifacts, before = {}, []
    for stack, (account, region) in PLACES.items():
        file = f"{stack}.template.json"
        (folder / file).write_text(json.dumps(template(stack, name, waits and stack == "Third")))
        artifacts[stack] = {
            "type": "aws:cloudformation:stack", "environment": f"aws://{account}/{region}", "dependencies": list(before),
            "properties": {"templateFile": file, "stackName": f"small-{stack.lower()}"}}
        before = [stack]
    (folder / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))
    return folder
