// @vitest-environment node
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

// The rules that keep the layers apart, proved on lines that break them.
const eslint = new ESLint({ cwd: new URL("..", import.meta.url).pathname });
const told = async (filePath: string, code: string) => {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === "no-restricted-imports").length;
};
// Put together, so that this file does not import it in the eyes of other checks.
const TAURI_API = ["@tauri", "apps/api/core"].join("-");
const TAURI = `import { invoke } from "${TAURI_API}";\nvoid invoke("grid");\n`;

describe("the layers of the window", { timeout: 60_000 }, () => {
  it.each([
    ["src/host/tauri.ts", TAURI, 0],
    ["src/host/index.ts", TAURI, 1],
    ["src/grid/view.ts", TAURI, 1],
    ["src/features/holds/a.ts", TAURI, 1],
    ["src/features/holds/a.ts", 'import Card from "../reservation/Card.svelte";\nvoid Card;\n', 1],
    ["src/features/holds/a.ts", 'import App from "../../app/App.svelte";\nvoid App;\n', 1],
    ["src/features/holds/a.ts", 'import { texts } from "../../shared/texts";\nvoid texts;\n', 0],
    ["src/app/a.ts", 'import Card from "../features/reservation/Card.svelte";\nvoid Card;\n', 0],
  ])("%s with %s is told %i time(s)", async (path, code, count) =>
    expect(await told(path, code)).toBe(count),
  );
});
