import { getContext, setContext } from "svelte";
import type { Door } from "./door.svelte";

const KEY = Symbol("door");

export function provideDoor(door: Door): void {
  setContext(KEY, door);
}

/** The door of the desk that the component is in front of or behind. */
export function useDoor(): Door {
  return getContext<Door>(KEY);
}
