// Mounts the whole window on the hotel in memory and works it as a person would: by the words on the screen.
import { flushSync, mount, unmount } from "svelte";
import { onTestFinished, vi } from "vitest";
import type { NewProperty } from "../host";
import { memoryHost, type MemoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import App from "./App.svelte";

export const PROPERTY: NewProperty = {
  name: "Small Hotel",
  code: "SMALL",
  time_zone: "Europe/Lisbon",
  currency: "EUR",
  business_date: "2017-06-01",
  room_types: [
    { code: "D", name: "Double", rank: 1, rooms: 2, overbooking: 0 },
    { code: "S", name: "Suite", rank: 2, rooms: 1, overbooking: 0 },
  ],
};

export function mountOn(host: MemoryHost): void {
  const target = document.body.appendChild(document.createElement("div"));
  const app = mount(App, { target, props: { host } });
  onTestFinished(() => void unmount(app));
}

/** The window on a small hotel, painted. */
export async function openSmallHotel(): Promise<MemoryHost> {
  const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
  mountOn(host);
  await until(() => document.documentElement.dataset.ready === "grid" && cell("Double, Thu 1 Jun 2017"));
  return host;
}

export async function until<T>(found: () => T): Promise<NonNullable<T>> {
  return vi.waitFor(
    () => {
      flushSync();
      const value = found();
      if (value === undefined || value === null || value === false) throw new Error(`not yet: ${found}`);
      return value as NonNullable<T>;
    },
    { timeout: 3000, interval: 10 },
  );
}

const nameOf = (el: Element) =>
  (el.getAttribute("aria-label") ?? el.querySelector("span")?.textContent ?? el.textContent ?? "").trim();
/** The visible words of a button, without the key that stands beside them. */
const wordsOf = (el: Element) =>
  el.getAttribute("aria-label") ??
  [...el.childNodes]
    .filter((node) => !(node instanceof HTMLElement && node.matches("kbd, [aria-hidden]")))
    .map((node) => node.textContent)
    .join("")
    .trim();

export const button = (name: string) =>
  [...document.querySelectorAll<HTMLButtonElement>("button")].find((el) => wordsOf(el) === name);
export const field = (name: string) =>
  [...document.querySelectorAll<HTMLLabelElement>("aside label, main label")]
    .find((label) => nameOf(label) === name || label.textContent?.trim() === name)
    ?.querySelector<HTMLInputElement | HTMLSelectElement>("input, select, textarea") ?? undefined;
export const cell = (start: string) =>
  [...document.querySelectorAll<HTMLElement>("[role=gridcell]:not([hidden])")].find((el) =>
    el.getAttribute("aria-label")?.startsWith(start),
  );
export const text = (part: string) => document.body.textContent?.includes(part) ?? false;
export const grid = () => document.querySelector<HTMLElement>("[role=grid]") as HTMLElement;
export const alert = () => document.querySelector("[role=alert]")?.textContent?.trim();
export const toast = () => document.querySelector(".toasts")?.textContent ?? "";
export const side = () => document.querySelector("aside")?.dataset.side;

export async function click(name: string): Promise<void> {
  (await until(() => button(name))).click();
  flushSync();
}

export function press(
  key: string,
  init: KeyboardEventInit = {},
  target: EventTarget = document.activeElement ?? document.body,
): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  flushSync();
}

export async function type(name: string, value: string): Promise<void> {
  const input = await until(() => field(name));
  input.value = value;
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  flushSync();
}

/** Enter in a field. */
export function enter(): void {
  press("Enter");
  flushSync();
}

/** Selects nights with the keyboard, from the cell of the business date. */
export async function selectNights(right: number, extend: number, down = 0): Promise<void> {
  grid().focus();
  press("Home", { ctrlKey: true });
  for (let i = 0; i < down; i++) press("ArrowDown");
  for (let i = 0; i < right; i++) press("ArrowRight");
  for (let i = 0; i < extend; i++) press("ArrowRight", { shiftKey: true });
}
