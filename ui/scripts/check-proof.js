// Proves that the type check can fail: plants one wrong line in a component, and expects to hear of it.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const planted = new URL("../src/Planted.svelte", import.meta.url);
const MISTAKE = "a string where a number is wanted";

writeFileSync(planted, `<script lang="ts">\n  const rooms: number = "${MISTAKE}";\n</script>\n\n{rooms}\n`);
try {
  const check = spawnSync("npx", ["svelte-check", "--tsconfig", "./tsconfig.json", "--output", "machine"], {
    cwd: root,
    encoding: "utf8",
  });
  const told = /ERROR "src\/Planted\.svelte"/.test(check.stdout);
  if (check.status === 0 || !told) {
    console.error("svelte-check did not report a planted error:\n" + check.stdout + check.stderr);
    process.exitCode = 1;
  } else console.log("svelte-check reports a planted error.");
} finally {
  rmSync(planted, { force: true });
}
