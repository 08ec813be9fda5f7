"""The few CloudFormation calls of a deployment, each watched to its end."""

import json
import time

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

BODY_LIMIT = 51_200
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 180
NOTHING_TO_DO = ("didn't contain changes", "No updates are to be performed")


class Failed(Exception):
    """A deployment did not end as it must."""


class Cloud:
    """One account and region of the emulator, whose access key id names the account."""

    def __init__(self, endpoint, account, region):
        session, self.endpoint = botocore.session.get_session(), endpoint
        options = dict(
            region_name=region, endpoint_url=endpoint, aws_access_key_id=account,
            aws_secret_access_key="emulator",
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}))
        self.formation = session.create_client("cloudformation", **options)
        self._zones = session.create_client("route53", **options)
        self.store = session.create_client("s3", **options)
        self.bucket = f"templates-{account}-{region}"
        self.change_sets = 0

    def unrecognized(self, types):
        """Those of the resource types that the emulator refuses, by its own word."""
        template = {"Resources": {f"R{i}": {"Type": t} for i, t in enumerate(sorted(types))}}
        try:
            self.formation.validate_template(TemplateBody=json.dumps(template))
        except ClientError as error:
            text = error.response["Error"]["Message"]
            if "Unrecognized resource types: [" not in text:
                raise
            return set(text.partition("[")[2].partition("]")[0].split(", "))
        return set()

    def hosted_zone(self):
        """The id of a hosted zone that was there before the stacks were."""
        made = self._zones.create_hosted_zone(Name="example.com", CallerReference=str(time.monotonic_ns()))
        return made["HostedZone"]["Id"].rpartition("/")[2]

    def deploy(self, stack, template, tags):
        """Creates or updates by change set; returns the number of changes, 0 for none."""
        kind = "UPDATE" if self.exists(stack.name) else "CREATE"
        # A fresh name each time: the emulator keeps a change set after it was executed.
        self.change_sets += 1
        names = dict(StackName=stack.name, ChangeSetName=f"rehearsal-{self.change_sets}")
        self.formation.create_change_set(
            **names, ChangeSetType=kind, **self._template(stack.name, template),
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=parameters_of(stack, template),
            Tags=[{"Key": k, "Value": v} for k, v in tags.items()])
        found = self._until(lambda: self.formation.describe_change_set(**names), "Status")
        if found["Status"] != "CREATE_COMPLETE":
            reason = found.get("StatusReason", "")
            self.formation.delete_change_set(**names)
            if any(text in reason for text in NOTHING_TO_DO):
                return 0
            raise Failed(f"the change set of `{stack.name}` is refused: {reason}")
        self.formation.execute_change_set(**names)
        ended = self.wait(stack.name)["StackStatus"]
        if ended != f"{kind}_COMPLETE":
            raise Failed(f"`{stack.name}` ended {ended}{self.failures(stack.name)}")
        return len(found["Changes"])

    def _template(self, name, template):
        body = json.dumps(template, separators=(",", ":"))
        if len(body.encode()) <= BODY_LIMIT:
            return {"TemplateBody": body}
        if self.bucket not in [b["Name"] for b in self.store.list_buckets()["Buckets"]]:
            self.store.create_bucket(Bucket=self.bucket)
        key = f"{name}.template.json"
        self.store.put_object(Bucket=self.bucket, Key=key, Body=body.encode())
        return {"TemplateURL": f"{self.endpoint}/{self.bucket}/{key}"}

    def _until(self, ask, key):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            answer = ask()
            status = answer[key]
            if not status.endswith("_IN_PROGRESS") and not status.endswith("_PENDING"):
                return answer
            time.sleep(POLL_SECONDS)
        raise Failed(f"still {status} after {PATIENCE_SECONDS} s")

    def wait(self, name):
        return self._until(lambda: self.stack(name), "StackStatus")

    def stack(self, name):
        return self.formation.describe_stacks(StackName=name)["Stacks"][0]

    def exists(self, name):
        try:
            return self.stack(name)["StackStatus"] not in ("REVIEW_IN_PROGRESS", "DELETE_COMPLETE")
        except ClientError:
            return False

    def outputs(self, name):
        return {o["OutputKey"]: o["OutputValue"] for o in self.stack(name).get("Outputs", [])}

    def resources(self, name):
        return self.formation.describe_stack_resources(StackName=name)["StackResources"]

    def failures(self, name):
        """Why a stack failed: of its resources, and of the validation before them."""
        failed = [
            (e, e.get("ResourceStatusReason"))
            for e in self.formation.describe_stack_events(StackName=name)["StackEvents"]
            if e["ResourceStatus"].endswith("_FAILED")]
        invalid = [
            (e, e["ValidationStatusReason"])
            for e in self.formation.describe_events(StackName=name)["OperationEvents"]
            if "ValidationStatusReason" in e]
        return "".join(f"\n  {e['LogicalResourceId']} ({e.get('ResourceType')}): {reason}"
                       for e, reason in failed[::-1] + invalid)

    def drifted(self, name):
        detection = self.formation.detect_stack_drift(StackName=name)["StackDriftDetectionId"]
        self._until(lambda: self.formation.describe_stack_drift_detection_status(
            StackDriftDetectionId=detection), "DetectionStatus")
        drifts = self.formation.describe_stack_resource_drifts(StackName=name)
        return {
            d["LogicalResourceId"]: d.get("PropertyDifferences", d["StackResourceDriftStatus"])
            for d in drifts["StackResourceDrifts"]
            if d["StackResourceDriftStatus"] in ("MODIFIED", "DELETED")}

    def delete(self, name):
        id = self.stack(name)["StackId"]
        self.formation.delete_stack(StackName=name)
        ended = self.wait(id)["StackStatus"]
        if ended != "DELETE_COMPLETE":
            raise Failed(f"`{name}` ended {ended}{self.failures(id)}")


def parameters_of(stack, template):
    """The manifest's values; a parameter only a deployer can fill gets its own name as value."""
    values = {
        name: stack.parameters.get(name, name)
        for name, parameter in template.get("Parameters", {}).items()
        if name in stack.parameters or "Default" not in parameter
    }
    return [{"ParameterKey": k, "ParameterValue": str(v)} for k, v in values.items()]
