"""Plays an assembly's life with the stock CDK CLI on a simulated cloud. See ../stock-cdk-on-simulator."""

import argparse
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import botocore.session

from assembly import stacks_of

CI = Path(__file__).parent.parent
ZONE = "AWS::Route53::HostedZone::Id"


class Failed(Exception):
    pass


class Life:
    def __init__(self, endpoint, folder):
        self.endpoint, self.folder, self.stacks = endpoint, folder, stacks_of(folder)
        self.given = tomllib.loads((CI / "parameters.toml").read_text())
        self.times = {}

    def cdk(self, command, *arguments):
        """Runs the CLI as the account of the assembly; what it says."""
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.stacks[0].account,
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_REGION": self.stacks[0].region,
        }
        run = [CI / "cdk", command, "--app", self.folder, *arguments]
        started = time.monotonic()
        done = subprocess.run(run, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.times[command] = self.times.get(command, 0) + time.monotonic() - started
        said = done.stdout + done.stderr
        if done.returncode:
            raise Failed(f"`cdk {command}` ends with {done.returncode}:\n{last_lines(said)}")
        return said

    def parameters(self):
        """What only a deployer can give."""
        for stack in self.stacks:
            for name, parameter in stack.template().get("Parameters", {}).items():
                if "Default" in parameter or name in stack.parameters:
                    continue
                zone = "Z0123456789ABCDEFGHIJ" if parameter["Type"] == ZONE else None
                yield f"--parameters={stack.display_name}:{name}={self.given.get(name) or zone or 'given'}"

    def cloudformation(self, stack):
        return botocore.session.get_session().create_client(
            "cloudformation", region_name=stack.region, endpoint_url=self.endpoint,
            aws_access_key_id=stack.account, aws_secret_access_key="any")

    def states(self):
        """The state of each stack, as another SDK reads it."""
        for stack in self.stacks:
            found = self.cloudformation(stack).get_paginator("describe_stacks").paginate().search("Stacks[]")
            yield stack.name, next((s["StackStatus"] for s in found if s["StackName"] == stack.name), "gone")

    def expect(self, states):
        wrong = [f"{name} is {state}" for name, state in self.states() if state not in states]
        if wrong:
            raise Failed(f"expected {' or '.join(sorted(states))}: {', '.join(wrong)}")

    def play(self):
        number = len(self.stacks)
        said = self.cdk("diff")
        differ = re.search(r"Number of stacks with differences: (\d+)", said)
        if not differ or int(differ[1]) != number:
            raise Failed(f"`cdk diff` does not see {number} new stacks:\n{last_lines(said)}")
        deploy = ["deploy", "--all", "--require-approval=never", "--concurrency=8", *self.parameters()]
        self.cdk(*deploy)
        self.expect({"CREATE_COMPLETE"})
        said = self.cdk(*deploy)
        if said.count("(no changes)") != number:
            raise Failed(f"`cdk deploy` finds something to change:\n{last_lines(said)}")
        self.expect({"CREATE_COMPLETE"})
        self.cdk("diff", "--strict", "--fail")
        for stack in self.stacks:
            self.cloudformation(stack).update_termination_protection(
                StackName=stack.name, EnableTerminationProtection=False)
        self.cdk("destroy", "--all", "--force", "--concurrency=8")
        self.expect({"gone", "DELETE_COMPLETE"})


def last_lines(text):
    return "\n".join(text.splitlines()[-40:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--endpoint", required=True)
    options = parser.parse_args()
    life = Life(options.endpoint, options.folder)
    accounts = {stack.account for stack in life.stacks}
    if len(accounts) > 1:
        print(f"stock-cdk-on-simulator: `{options.folder}`: left out, as the CLI works with the credentials of one "
              f"account and it has {len(accounts)}")
        return 0
    try:
        life.play()
    except Failed as failure:
        print(f"stock-cdk-on-simulator: `{options.folder}`: {failure}")
        return 1
    times = ", ".join(f"{command} {seconds:.1f} s" for command, seconds in life.times.items())
    print(f"stock-cdk-on-simulator: `{options.folder}`: {len(life.stacks)} stacks; {times}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
