import { expect, it } from "vitest";
import { madeAt, uuidV7 } from "./ids";

it("a command id is a version 7 UUID that begins with its millisecond", () => {
  const id = uuidV7(0x0192_3456_789a, new Uint8Array(10).fill(0xff));
  expect(id).toBe("01923456-789a-7fff-bfff-ffffffffffff");
});

it("an id says when it was made", () => {
  expect(madeAt(uuidV7(0x0192_3456_789a))).toBe(0x0192_3456_789a);
});

it("two command ids of one millisecond differ", () => {
  expect(uuidV7(1)).not.toBe(uuidV7(1));
});
