// Chooses the host. A production build always speaks to the shell; the memory host is not even in its bundle.
import type { Host } from "./host";
import { isTauri, tauriHost } from "./tauri";

export * from "./host";
export type * from "./bindings";

export async function chooseHost(): Promise<Host> {
  if (import.meta.env.DEV && !isTauri()) {
    const { memoryHostFor } = await import("./memory");
    return memoryHostFor(new URLSearchParams(location.search));
  }
  return tauriHost;
}
