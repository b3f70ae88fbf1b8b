import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  // The window is served from the program itself; the fixed port is the one that the shell opens while developing.
  server: { port: 5173, strictPort: true },
  build: {
    // WebKitGTK 2.50 and the system webviews of the same age.
    target: ["safari17", "chrome120"],
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Component tests mount in jsdom, so Svelte must be resolved as a browser would resolve it.
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
});
