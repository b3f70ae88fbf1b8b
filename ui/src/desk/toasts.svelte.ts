// The messages at the corner of the window: what was done, what was refused, what failed.
import type { Alternative, Failure, Refusal } from "../host";

export interface Toast {
  id: number;
  tone: "done" | "refused" | "failed";
  text: string;
  /** Undoes the command that the message tells of. */
  undo?: () => void;
  alternatives?: Alternative[];
  requestId?: string;
}

const KEEP_MS = 8_000;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  private next = 1;
  private readonly timers: Record<number, ReturnType<typeof setTimeout>> = {};

  /**
   * What was done leaves by itself, and puts away what came before it; what was refused or failed stays until it is
   * put away, or until something else is done.
   */
  add(toast: Omit<Toast, "id">): number {
    const id = this.next++;
    const kept = toast.tone === "done" ? [] : this.list.filter(({ tone }) => tone === "done");
    for (const { id: old } of this.list) if (!kept.some((each) => each.id === old)) this.pause(old);
    this.list = [...kept, { ...toast, id }];
    if (toast.tone === "done") this.resume(id);
    return id;
  }

  refused(refusal: Refusal): void {
    this.add({ tone: "refused", text: refusal.message, alternatives: refusal.alternatives });
  }

  failed(failure: Failure): void {
    this.add({ tone: "failed", text: failure.message, requestId: failure.request_id });
  }

  /** Puts away what was refused or failed. */
  clear(): void {
    this.list = this.list.filter(({ tone }) => tone === "done");
  }

  remove(id: number): void {
    this.pause(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** While a message is looked at it stays. */
  pause(id: number): void {
    clearTimeout(this.timers[id]);
    delete this.timers[id];
  }

  resume(id: number): void {
    const toast = this.list.find((each) => each.id === id);
    if (toast?.tone !== "done") return;
    this.pause(id);
    this.timers[id] = setTimeout(() => this.remove(id), KEEP_MS);
  }
}
