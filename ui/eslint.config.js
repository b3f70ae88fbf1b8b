import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import svelteConfig from "./svelte.config.js";

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only src/host/tauri.ts knows the shell; everything else speaks to the Host interface.",
};
const features = readdirSync(fileURLToPath(new URL("./src/features", import.meta.url)));

// A feature may use the host's types, the desk, the grid and what is shared; the app alone joins features together.
const featureRules = features.map((name) => ({
  files: [`src/features/${name}/**/*.{ts,svelte}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          tauri,
          {
            group: features
              .filter((other) => other !== name)
              .flatMap((other) => [`**/features/${other}/**`, `../${other}/**`, `../../${other}/**`]),
            message: "No feature imports another: join them in src/app.",
          },
          { group: ["**/app/**"], message: "The app imports features, never the other way round." },
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ["dist", "coverage", "src/host/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-undef": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-imports": ["error", { patterns: [tauri] }],
    },
  },
  {
    files: ["**/*.svelte"],
    rules: {
      "svelte/no-restricted-html-elements": [
        "error",
        {
          elements: ["form"],
          message: "WebKitGTK never lets go of what stood in a form: see shared/ui/submits.ts.",
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "**/*.svelte"],
    ignores: ["src/grid/view.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='setProperty']",
          message:
            "WebKitGTK keeps 5 KB for each change of a variable and each node below it: see grid/strip.ts.",
        },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  { files: ["**/*.test.ts"], rules: { "max-lines": "off", "max-lines-per-function": "off" } },
  ...featureRules,
  { files: ["src/host/tauri.ts"], rules: { "no-restricted-imports": "off" } },
);
