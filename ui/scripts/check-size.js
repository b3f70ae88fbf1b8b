// The scripts that the window loads at its start stay small, and the hotel in memory stays out of them.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 120 * 1024;
const assets = new URL("../dist/assets/", import.meta.url);
const page = readFileSync(new URL("../dist/index.html", import.meta.url), "utf8");
const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
const texts = scripts.map((name) => readFileSync(new URL(name, assets)));
// What the page names is loaded at its start; the rest (other languages, plots) when it is asked for.
const initial = scripts.filter((name) => page.includes(`assets/${name}`));
const bytes = initial.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, assets))).length, 0);

if (initial.length === 0) {
  console.error("The page names none of its scripts.");
  process.exitCode = 1;
}

if (bytes > LIMIT_BYTES) {
  console.error(`The scripts are ${bytes} bytes compressed; the limit is ${LIMIT_BYTES}.`);
  process.exitCode = 1;
}
if (texts.some((text) => text.includes("no hotel is open"))) {
  console.error("The hotel in memory is part of the production bundle.");
  process.exitCode = 1;
}
console.log(
  `${initial.length} of ${scripts.length} script(s) at the start, ${bytes} bytes compressed of ${LIMIT_BYTES}.`,
);
