// Receivers' own libraries. Gets {secret, id, timestamp, body, cases: [{secret, id, timestamp, signature, body}]} as its argument; prints what each
// library says of each case, and a signature made by each for the body.
import * as standard from "standardwebhooks";
import * as svix from "svix";

const { secret, id, timestamp, body, cases } = JSON.parse(process.argv[2]);
const libraries = { standardwebhooks: standard.Webhook, svix: svix.Webhook };
const verdict = (Webhook, one) => {
  try {
    new Webhook(one.secret).verify(one.body, { "webhook-id": one.id, "webhook-timestamp": one.timestamp, "webhook-signature": one.signature });
    return "good";
  } catch (error) {
    return error.message;
  }
};
const each = (make) => Object.fromEntries(Object.entries(libraries).map(([name, Webhook]) => [name, make(Webhook)]));
console.log(JSON.stringify({
  verdicts: each((Webhook) => cases.map((one) => verdict(Webhook, one))),
  signatures: each((Webhook) => new Webhook(secret).sign(id, new Date(timestamp * 1000), body)),
}));
