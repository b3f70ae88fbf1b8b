// The search lists first whom somebody at the desk has to do with now, as the program ranks them.
import { describe, expect, it } from "vitest";
import type { Command } from "../host";
import type { MemoryHost } from "../host/memory";
import { execute } from "../host/memory/commands";
import { openSmallHotel, press, side, until } from "./testing";

const give = (host: MemoryHost, ...commands: Command[]) =>
  host.elsewhere((inventory) => {
    for (const command of commands) execute(inventory, { command_id: crypto.randomUUID(), command });
  });
const reserve = (room_type: string, arrival: string, departure: string): Command => ({
  kind: "reserve",
  stays: [{ room_type, arrival, departure, rooms: 1 }],
  guest: { name: "Ana Costa" },
});

async function search(typed: string): Promise<string[]> {
  press("f", { ctrlKey: true }, document.body);
  const field = document.activeElement as HTMLInputElement;
  field.value = typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => document.querySelector("#search-results [role=option] .muted"));
  return [...document.querySelectorAll("#search-results [role=option] .who .muted")].map(
    ({ textContent }) => textContent ?? "",
  );
}

const inTheHouse: Command[] = [
  // A1 comes in July, A2 next week; A3 is in the house; A4 comes today; A5 was cancelled.
  reserve("D", "2017-07-20", "2017-07-22"),
  reserve("D", "2017-06-08", "2017-06-10"),
  reserve("D", "2017-06-01", "2017-06-03"),
  { kind: "check_in", ids: ["A3"] },
  reserve("D", "2017-06-01", "2017-06-02"),
  reserve("S", "2017-06-04", "2017-06-05"),
  { kind: "cancel", ids: ["A5"], reason: { code: "other" } },
];

describe("the search", () => {
  it("lists who is in the house and who comes today first, then who comes later by date, then what is over", async () => {
    const host = await openSmallHotel();
    give(host, ...inTheHouse);
    expect(await search("costa")).toEqual(["A3", "A4", "A2", "A1", "A5"]);
    // Enter opens the first: the guest who stands at the desk.
    press("Enter");
    await until(() => side() === "card" && document.querySelector("aside")?.textContent?.includes("A3"));
  });

  it("lists the one of just that number before everybody else", async () => {
    const host = await openSmallHotel();
    give(host, ...inTheHouse);
    expect((await search("a1"))[0]).toBe("A1");
  });

  it("keeps the order in which the program gives them", async () => {
    const host = await openSmallHotel();
    give(host, ...inTheHouse);
    const found = host.find_reservations.bind(host);
    host.find_reservations = async (request) => (await found(request)).toReversed();
    expect(await search("costa")).toEqual(["A5", "A1", "A2", "A4", "A3"]);
  });
});
