"""Has `ce` deploy, change and delete an assembly on a running emulator. See ../deploy-emulated."""

import argparse
import hashlib
import json
import shutil
import sys
import time
from pathlib import Path

from assembly import in_order, manifest_of, stacks_of, values_of
from ce_command import Ce
from cloud import Cloud, Failed
from rehearsal import LIST, Rehearsal, with_a_change
from small_assembly import PLACES, two_accounts
from taken_out import Unknown


class Reduced:
    """A copy of an assembly without what the emulator does not know, in which stacks come to be wave by wave: a value
    that is read from another region or account is written in, so it must be there before."""

    def __init__(self, folder, rehearsal, work):
        self.original, self.rehearsal, self.folder = Path(folder), rehearsal, work / "reduced"
        self.templates = {}

    def waves(self):
        """The stacks in groups; each reads from afar only what is in groups before it."""
        left, done = list(self.rehearsal.stacks), set()
        while left:
            wave = []
            for stack in left:
                far = {stack.place_read(read) for read in values_of(stack.template(), "Fn::GetStackOutput")}
                far = {place for place in far if place[:2] != stack.place[:2]}
                before = [*stack.depends_on, *(id for id, _ in stack.kept.values())]
                near_later = {i for i in before if i in {s.id for s in left} - {s.id for s in wave}}
                if far <= done and not near_later:
                    wave.append(stack)
            if not wave:
                raise Failed("stacks read from each other in a circle")
            yield wave
            done |= {stack.place for stack in wave}
            left = [stack for stack in left if stack not in wave]

    def add(self, stack):
        self.rehearsal.fill_in_given(stack)
        cut = self.rehearsal.prepared(stack, self.rehearsal.unknown, self.rehearsal.lost)
        self.rehearsal.total += len(stack.template()["Resources"])
        self.rehearsal.kept += len(cut.template["Resources"])
        if cut.template["Resources"]:
            self.templates[stack.id] = cut.template
        else:
            outputs = stack.template().get("Outputs", {})
            self.rehearsal.lost.outputs |= {(stack.place, output) for output in outputs}

    def write(self, change=lambda template: template, protected=True):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        manifest = manifest_of(self.original)
        artifacts = manifest["artifacts"]
        kept = {}
        for stack in self.rehearsal.stacks:
            if stack.id not in self.templates:
                continue
            artifact = kept[stack.id] = json.loads(json.dumps(artifacts[stack.id]))
            text = json.dumps(change(self.templates[stack.id]), indent=1)
            (self.folder / artifact["properties"]["templateFile"]).write_text(text)
            artifact["properties"]["parameters"] = self._parameters(stack)
            if not protected:
                artifact["properties"]["terminationProtection"] = False
            assets = f"{stack.id}.assets"
            if assets in artifacts:
                kept[assets] = artifacts[assets]
                self._write_assets(artifact, artifacts[assets]["properties"]["file"], text)
        for artifact in kept.values():
            if "dependencies" in artifact:
                artifact["dependencies"] = [i for i in artifact["dependencies"] if i in kept]
        (self.folder / "manifest.json").write_text(json.dumps({**manifest, "artifacts": kept}))
        self._write_facts()
        return self.folder

    def _is_kept(self, stack, parameter):
        """Whether `ce` can fill it in: the output it comes from is still there."""
        producer, output = stack.kept.get(parameter, (None, None))
        return output in self.templates.get(producer, {}).get("Outputs", {})

    def _parameters(self, stack):
        """What the assembly gives; what only a deployer knows gets its own name as value."""
        return {
            name: str(stack.parameters.get(name, name))
            for name, parameter in self.templates[stack.id].get("Parameters", {}).items()
            if not self._is_kept(stack, name) and (name in stack.parameters or "Default" not in parameter)}

    def _write_facts(self):
        facts = json.loads((self.original / "ce.json").read_text())
        facts["stacks"] = {
            stack.id: {**facts["stacks"][stack.id], "keptParameters": [
                {"parameter": parameter, "stack": producer, "output": output}
                for parameter, (producer, output) in stack.kept.items() if self._is_kept(stack, parameter)]}
            for stack in self.rehearsal.stacks if stack.id in self.templates}
        (self.folder / "ce.json").write_text(json.dumps(facts))

    def _write_assets(self, artifact, file, text):
        """The copy has another content, so another hash and another key."""
        assets = json.loads((self.original / file).read_text())
        template = artifact["properties"]["templateFile"]
        for old, asset in list(assets["files"].items()):
            if asset["source"]["path"] != template:
                raise Failed(f"`{file}` holds more than a template")
            new = hashlib.sha256(text.encode()).hexdigest()
            renamed = json.loads(json.dumps(asset).replace(old, new))
            assets["files"] = {new: renamed}
            url = artifact["properties"].get("stackTemplateAssetObjectUrl")
            if url:
                artifact["properties"]["stackTemplateAssetObjectUrl"] = url.replace(old, new)
        (self.folder / file).write_text(json.dumps(assets))


def life(ce, reduced, clouds, times):
    """Create, again, drift, diff, update, back to nothing."""
    places = sorted({"/".join(place) for place in clouds})
    timed(times, "bootstrap", lambda: ce.run("bootstrap", *places, "--require-approval=never", expect=0))
    for wave in reduced.waves():
        for stack in wave:
            reduced.add(stack)
        out = reduced.write()
        timed(times, "create", lambda: ce.run("deploy", out, "--require-approval=never", expect=0))
    ended = timed(times, "again", lambda: ce.json("deploy", out, expect=0))
    changed = [i for i, stack in ended["stacks"].items() if stack["end"] != "unchanged"]
    if changed:
        raise Failed(f"the second run finds something to do: {changed}")
    timed(times, "drift", lambda: ce.run("drift", out, expect=0))
    ce.run("diff", out, "--detailed-exitcode", expect=0)
    ce.run("status", out, expect=0)
    ce.run("doctor", out, expect=0)
    out = reduced.write(with_a_change)
    ce.run("diff", out, "--detailed-exitcode", expect=2)
    plan = out.parent / "plan.json"
    ce.run("plan", out, "--out", plan, expect=0)
    timed(times, "update", lambda: agree(ce, "apply", plan, out))
    ce.run("apply", plan, out, expect=9)
    ce.run("destroy", out, expect=4)
    out = reduced.write(with_a_change, protected=False)
    timed(times, "unprotect", lambda: ce.run("deploy", out, "--require-approval=never", expect=0))
    timed(times, "destroy", lambda: agree(ce, "destroy", out))


def agree(ce, *arguments):
    """Nothing risky is done that nobody agreed to; the command that is shown agrees."""
    said = ce.run(*arguments, expect=3)
    again = [line.strip() for line in said.splitlines() if line.strip().startswith(f"ce {arguments[0]} ")]
    if len(again) != 1:
        raise Failed(f"`ce {arguments[0]}` does not say how to agree:\n{said}")
    ce.run(*again[0].split()[1:], expect=0)
    return said


def accounts(ce, work, times):
    """Two accounts and three regions: create, replace, fail and be put back, go on, delete."""
    make = lambda **how: two_accounts(work / "small", **how)
    timed(times, "two accounts", lambda: ce.run("deploy", make(), expect=0))
    said = timed(times, "replace", lambda: agree(ce, "deploy", make(name="renamed")))
    if "is replaced" not in said:
        raise Failed(f"a replacement is not shown:\n{said}")
    said = timed(times, "fail", lambda: ce.run("deploy", make(name="renamed", waits=True), expect=5))
    if "Never" not in said:
        raise Failed(f"what failed is not named:\n{said}")
    ce.run("status", work / "small", expect=0)
    ce.run("deploy", make(name="renamed"), expect=0)
    agree(ce, "destroy", work / "small")


def timed(times, name, work):
    started = time.monotonic()
    result = work()
    times[name] = times.get(name, 0) + time.monotonic() - started
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--command", required=True, help="the `ce` that is tried")
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--emulator", type=int, required=True, help="its process id")
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    stacks = in_order(stacks_of(options.folder))
    clouds = {s.place[:2]: Cloud(options.endpoint, *s.place[:2]) for s in stacks}
    rehearsal = Rehearsal(stacks, [], clouds, Unknown.read(LIST), options.work)
    accounts_used = sorted({s.account for s in stacks} | {account for account, _ in PLACES.values()})
    ce, times = Ce(options.command, options.endpoint, options.work, accounts_used), {}
    reduced = Reduced(options.folder, rehearsal, options.work)
    try:
        life(ce, reduced, clouds, times)
        accounts(ce, options.work, times)
    except Failed as failure:
        print(f"deploy-emulated: {failure}")
        return 1
    print(f"deploy-emulated: {len(reduced.templates)} of {len(stacks)} stacks, {rehearsal.kept} of {rehearsal.total} resources; "
          + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
