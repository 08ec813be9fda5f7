"""The `ce` command, run as a script would run it."""

import json
import os
import subprocess

from cloud import Failed

class Ce:
    def __init__(self, command, endpoint, work, accounts):
        # An access key id of twelve digits is the account on the emulator: a profile for each.
        self.command, self.work = os.path.abspath(command), work / "ce"
        self.work.mkdir()
        credentials = "".join(
            f"[{account}]\naws_access_key_id = {account}\naws_secret_access_key = emulator\n" for account in accounts)
        (self.work / "credentials").write_text(credentials)
        profiles = "".join(f'"{account}" = "{account}"\n' for account in accounts)
        (self.work / "ce.toml").write_text(f"[profiles]\n{profiles}")
        self.environment = {
            **os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_SHARED_CREDENTIALS_FILE": str(self.work / "credentials"),
            "CE_STATE_DIR": str(self.work / "state")}
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "GITHUB_ACTIONS"):
            self.environment.pop(name, None)

    def _run(self, arguments, expect):
        run = subprocess.run(
            [self.command, *map(str, arguments)], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=600)
        if run.returncode != expect:
            raise Failed(f"`ce {' '.join(map(str, arguments))}` ended with {run.returncode}, not {expect}:\n"
                         f"{run.stdout[-3000:]}\n{run.stderr[-6000:]}")
        return run

    def run(self, *arguments, expect):
        run = self._run(arguments, expect)
        return run.stdout + run.stderr

    def json(self, *arguments, expect):
        return json.loads(self._run([*arguments, "--json"], expect).stdout)
