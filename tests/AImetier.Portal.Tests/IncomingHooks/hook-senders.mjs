// Senders from outside. Gets {address, secret, gitHubAddress, gitHubSecret, keyAddress, key} as its argument, sends one good message with each proof
// and bad ones beside them; prints the status of each.
import { createHmac, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";

const { address, secret, gitHubAddress, gitHubSecret, keyAddress, key } = JSON.parse(process.argv[2]);
const body = JSON.stringify({ name: "Anna", message: "A table for two, déjà vu 🎉" });
const post = async (to, headers, sent = body) =>
  (await fetch(to, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: sent })).status;

const signed = (at = new Date()) => {
  const id = `msg_${randomUUID()}`;
  const signature = new Webhook(secret).sign(id, at, body);
  return { "webhook-id": id, "webhook-timestamp": String(Math.floor(at / 1000)), "webhook-signature": signature };
};
const gitHub = (sent = body) => ({
  "X-GitHub-Delivery": randomUUID(), "X-GitHub-Event": "issues", "X-Hub-Signature-256": `sha256=${createHmac("sha256", gitHubSecret).update(sent).digest("hex")}`,
});

const good = signed();
const delivery = gitHub();
console.log(JSON.stringify({
  standard: {
    good: await post(address, good),
    replayed: await post(address, good),
    unsigned: await post(address, {}),
    stale: await post(address, signed(new Date(Date.now() - 400_000))),
    ahead: await post(address, signed(new Date(Date.now() + 400_000))),
    tampered: await post(address, signed(), body.replace("two", "ten")),
    otherId: await post(address, { ...signed(), "webhook-id": "msg_other" }),
  },
  gitHub: {
    good: await post(gitHubAddress, delivery),
    replayed: await post(gitHubAddress, delivery),
    unsigned: await post(gitHubAddress, { "X-GitHub-Delivery": randomUUID() }),
    tampered: await post(gitHubAddress, gitHub(), body.replace("two", "ten")),
    sha1: await post(gitHubAddress, { "X-Hub-Signature": `sha1=${createHmac("sha1", gitHubSecret).update(body).digest("hex")}` }),
  },
  key: {
    good: await post(keyAddress, { Authorization: `Bearer ${key}`, "Idempotency-Key": "one" }),
    replayed: await post(keyAddress, { Authorization: `Bearer ${key}`, "Idempotency-Key": "one" }),
    unsigned: await post(keyAddress, {}),
    tampered: await post(keyAddress, { Authorization: `Bearer ${key.slice(0, -1)}${key.endsWith("0") ? 1 : 0}` }),
  },
}));
