// A program of a customer: OpenAI's own client, told nothing but the address and the key, both in the environment.
import OpenAI from "openai";

const client = new OpenAI({ maxRetries: 0 });
const ask = (content, more = {}) => client.chat.completions.create({ model: "me", messages: [{ role: "user", content }], ...more });
const refusal = async (promise) => promise.then(() => "none", (error) => ({ name: error.constructor.name, status: error.status, code: error.code, type: error.type, param: error.param }));
const pieces = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

const models = [];
for await (const model of client.models.list()) models.push(model);

const streamed = await pieces(await ask("Hello", { stream: true, stream_options: { include_usage: true } }));
console.log(JSON.stringify({
  models,
  model: await client.models.retrieve(models[0].id),
  plain: await ask("Hello", { model: models[0].id, temperature: 0.2, metadata: { order: "7" } }),
  streamed,
  helper: await client.chat.completions.stream({ model: "me", messages: [{ role: "user", content: "Hello" }] }).finalContent(),
  approval: await ask("[email to=client@example.com] Say thanks"),
  wrongKey: await refusal(new OpenAI({ apiKey: "sk-wrong", maxRetries: 0 }).chat.completions.create({ model: "me", messages: [] })),
  wrongModel: await refusal(ask("Hello", { model: "gpt-4o" })),
  image: await refusal(ask([{ type: "image_url", image_url: { url: "https://example.com/a.png" } }])),
  failed: await refusal(ask("[fail] please")),
  failedStream: await refusal(ask("[fail] please", { stream: true }).then(pieces)),
}));
