// The scripts that the window loads at its start stay small, and the hotel in memory stays out of them.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 120 * 1024;
const assets = new URL("../dist/assets/", import.meta.url);
const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
const texts = scripts.map((name) => readFileSync(new URL(name, assets)));
const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);

if (bytes > LIMIT_BYTES) {
  console.error(`The scripts are ${bytes} bytes compressed; the limit is ${LIMIT_BYTES}.`);
  process.exitCode = 1;
}
if (texts.some((text) => text.includes("no hotel is open"))) {
  console.error("The hotel in memory is part of the production bundle.");
  process.exitCode = 1;
}
console.log(`${scripts.length} script(s), ${bytes} bytes compressed of ${LIMIT_BYTES}.`);
