// node sdk.mjs SDK EXECUTABLE: asks twice through the official SDK and prints what it saw.
const [, , sdk, executable] = process.argv;
const { query } = await import(sdk);
const seen = { asked: null, results: [], text: "" };
const prompts = ["hello", "please ask"];
let next = () => {};

async function* input() {
  for (const content of prompts) {
    const turn = new Promise((resolve) => (next = resolve));
    yield {
      type: "user",
      session_id: "",
      parent_tool_use_id: null,
      message: { role: "user", content },
    };
    await turn;
  }
}

const answers = query({
  prompt: input(),
  options: {
    pathToClaudeCodeExecutable: executable,
    includePartialMessages: true,
    canUseTool: async (name, value) => {
      seen.asked = name;
      return { behavior: "allow", updatedInput: value };
    },
  },
});
for await (const message of answers) {
  if (message.type === "assistant") {
    seen.text += message.message.content.map((block) => block.text ?? "").join("");
  }
  if (message.type === "result") {
    seen.results.push(message.subtype);
    next();
  }
}
console.log(JSON.stringify(seen));
