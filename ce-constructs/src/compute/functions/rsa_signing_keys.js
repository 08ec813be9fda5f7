// Rotates a secret that holds an RSA key pair for signing tokens. The public half of the pair before stays in the
// secret, so that tokens it signed can be verified until they expire.
const { generateKeyPairSync, randomUUID } = require("node:crypto");
const sm = require("@aws-sdk/client-secrets-manager");

const client = new sm.SecretsManagerClient({});

async function current(SecretId) {
  const { SecretString } = await client.send(new sm.GetSecretValueCommand({ SecretId, VersionStage: "AWSCURRENT" }));
  try {
    const { kid, publicKey } = JSON.parse(SecretString);
    return kid && publicKey ? { kid, publicKey } : undefined;
  } catch {
    return undefined; // the text the secret was made with
  }
}

async function create(SecretId, VersionId) {
  try {
    await client.send(new sm.GetSecretValueCommand({ SecretId, VersionId, VersionStage: "AWSPENDING" }));
    return; // made by an earlier try
  } catch (error) {
    if (error.name !== "ResourceNotFoundException") throw error;
  }
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const SecretString = JSON.stringify({ kid: randomUUID(), ...pair, previous: await current(SecretId) });
  const version = { SecretId, ClientRequestToken: VersionId, SecretString, VersionStages: ["AWSPENDING"] };
  await client.send(new sm.PutSecretValueCommand(version));
}

async function finish(SecretId, VersionId, stages) {
  const before = Object.keys(stages).find((id) => stages[id].includes("AWSCURRENT"));
  const move = { SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: VersionId, RemoveFromVersionId: before };
  await client.send(new sm.UpdateSecretVersionStageCommand(move));
}

exports.handler = async ({ SecretId, ClientRequestToken, Step }) => {
  const { VersionIdsToStages } = await client.send(new sm.DescribeSecretCommand({ SecretId }));
  const stages = VersionIdsToStages ?? {};
  if (!stages[ClientRequestToken]) throw new Error("the version to rotate to is not known");
  if (stages[ClientRequestToken].includes("AWSCURRENT")) return;
  if (Step === "createSecret") await create(SecretId, ClientRequestToken);
  if (Step === "finishSecret") await finish(SecretId, ClientRequestToken, stages);
};
