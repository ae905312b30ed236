// A program of a customer: the official client, told nothing but the address and the key, both in the environment.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const connect = async (key) => {
  const client = new Client({ name: "customer", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }));
  return client;
};

const client = await connect(process.env.AIMETIER_API_KEY);
const { tools } = await client.listTools();
const call = (name, args) => client.callTool({ name, arguments: args });
const asked = await call("ask_teammate", { text: process.env.QUESTION });
const approvalId = asked.structuredContent.approvals[0].id;

const stateOf = async () => (await call("get_approval", { approvalId })).structuredContent.state;
let state = await stateOf();
console.log(state);
while (!["saved", "failed", "declined"].includes(state)) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  state = await stateOf();
}

const conversations = (await call("list_conversations", {})).structuredContent.data;
const notFound = (await call("get_conversation", { conversationId: "cv_of_someone_else" })).isError;
await call("get_conversation", { conversationId: conversations[0].id });
await call("list_approvals", { state: "saved" });
await client.close();

const refused = await connect("hclip_wrong").then(() => "none", (error) => String(error));
console.log(JSON.stringify({ tools: tools.map((tool) => tool.name), state, notFound, refused }));
