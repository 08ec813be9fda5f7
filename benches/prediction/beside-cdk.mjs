// beside-cdk.mjs [CDK] [N]: what the stock `cdk diff` says of the changes that ce-deploy/tests/prediction asks about.
//
// One change of each property of the witnesses, each in a resource of its own, in one stack; the deployed template is
// given as a file, so no account is asked. Prints counts for docs/prediction.md. CDK is the CLI's program, by default
// that of .ci/tools; of N types one is asked about, by default of each. All take more than half an hour.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const every = Number(process.argv[3] ?? 1);
const cdk = process.argv[2] ?? join(root, ".ci/node_modules/.bin/cdk");

function witnesses() {
  const file = join(root, "ce-deploy/tests/prediction/witnesses.txt.gz");
  const found = [];
  let type;
  for (const line of gunzipSync(readFileSync(file)).toString().split("\n")) {
    if (line.startsWith("#") || line === "") continue;
    if (!line.startsWith(" ")) {
      type = line;
      continue;
    }
    const [path, letters] = line.trim().split(" ");
    const [specification, guide, then] = letters;
    if (type !== "AWS::CDK::Metadata") found.push({ type, path, specification, guide, then });
  }
  return found;
}

function template(all, value) {
  const resources = all.map(({ type, path }, at) => {
    const properties = path.split("/").reduceRight((inner, step) => ({ [step]: inner }), value);
    return [`R${at}`, { Type: type, Properties: properties }];
  });
  return JSON.stringify({ Resources: Object.fromEntries(resources) });
}

// What it says of each: "replace", "may be replaced" or nothing. Where it breaks down, of each half.
function compared(all) {
  try {
    return diffed(all);
  } catch (error) {
    const types = [...new Set(all.map(({ type }) => type))];
    if (types.length === 1) {
      console.error(`broke down: ${types[0]}: ${error.stderr?.toString().trim().split("\n").pop()}`);
      return all.map(() => undefined);
    }
    const first = new Set(types.slice(0, types.length / 2));
    const halves = [all.filter(({ type }) => first.has(type)), all.filter(({ type }) => !first.has(type))];
    return halves.flatMap(compared);
  }
}

function diffed(all) {
  const folder = mkdtempSync(join(tmpdir(), "beside-cdk-"));
  const stack = { type: "aws:cloudformation:stack", environment: "aws://123456789012/eu-central-1", properties: { templateFile: "S.json" } };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "36.0.0", artifacts: { S: stack } }));
  writeFileSync(join(folder, "S.json"), template(all, "b"));
  writeFileSync(join(folder, "before.json"), template(all, "a"));
  const words = ["diff", "--app", folder, "S", "--template", join(folder, "before.json"), "--no-color", "--ci", "--no-notices"];
  try {
    const text = execFileSync(cdk, words, { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] }).toString();
    const told = new Map();
    for (const line of text.split("\n")) {
      const found = /^\[[~+-]\] \S+ (R\d+)\b ?(.*)$/.exec(line.trim());
      if (found) told.set(found[1], found[2].replace(/^R\d+ ?/, ""));
    }
    return all.map((_, at) => told.get(`R${at}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Some types at a time: its time grows with the square of what it is given.
function inParts(all, types) {
  const names = [...new Set(all.map(({ type }) => type))];
  const told = [];
  for (let at = 0; at < names.length; at += types) {
    const part = new Set(names.slice(at, at + types));
    told.push(...compared(all.filter(({ type }) => part.has(type))));
  }
  return told;
}

const types = [...new Set(witnesses().map(({ type }) => type))].filter((_, at) => at % every === 0);
const all = witnesses().filter(({ type }) => types.includes(type));
const told = inParts(all, 40);
const counts = { agreed: 0, conditional: 0, relaxed: 0, tightened: 0, missed: 0, spurious: 0, unseen: 0 };
// As ce-deploy/tests/prediction/measured.rs counts.
for (const [at, { specification, guide, then }] of all.entries()) {
  const words = told[at];
  const replaces = specification === "I" || (specification === "C" && guide === "R");
  let verdict = "agreed";
  if (words === undefined) verdict = "unseen";
  else if (words.startsWith("replace")) verdict = replaces ? "agreed" : then === "I" ? "spurious" : "tightened";
  else if (words.startsWith("may be replaced")) verdict = specification === "C" ? "agreed" : "conditional";
  else if (replaces) verdict = then === "I" || then === "C" ? "relaxed" : "missed";
  counts[verdict] += 1;
}
console.log(types.length, "types", counts);
