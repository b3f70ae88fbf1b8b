import { describe, expect, it } from "vitest";
import type { Command } from "../host";
import { memoryHost, type MemoryHost } from "../host/memory";
import { execute } from "../host/memory/commands";
import {
  alert,
  button,
  cell,
  click,
  enter,
  field,
  grid,
  mountOn,
  openSmallHotel,
  press,
  selectNights,
  side,
  text,
  toast,
  type,
  until,
} from "./testing";

const give = (host: MemoryHost, command: Command) =>
  host.elsewhere((inventory) => void execute(inventory, { command_id: crypto.randomUUID(), command }));
const stay = { room_type: "D", arrival: "2017-06-03", departure: "2017-06-05", rooms: 1 };
const reserve = (rooms = 1, name = "Ana Costa"): Command => ({
  kind: "reserve",
  stays: [{ ...stay, rooms }],
  guest: { name },
});
const SATURDAY = "Double, Sat 3 Jun 2017";

describe("booking", () => {
  it("by keyboard alone: select, N, name, Enter; and back by the toast", async () => {
    await openSmallHotel();
    await selectNights(2, 1);
    press("n");
    await until(() => side() === "booking" && document.activeElement === field("Guest name"));
    await type("Guest name", "Maria Rossi");
    enter();
    await until(() => cell(`${SATURDAY}, 1 of 2 left`));
    expect(toast()).toContain("Booked A1, Maria Rossi, 1 room");
    expect(document.activeElement).toBe(grid());
    await click("Undo");
    await until(() => cell(`${SATURDAY}, 2 of 2 left`));
    expect(toast()).toContain("Undone");
  });

  it("without a name is a sentence, and the focus goes to the name", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("n");
    await click("Book");
    await until(() => alert() === "Type the guest's name.");
    expect(document.activeElement).toBe(field("Guest name"));
    expect(field("Guest name")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("a refusal is a sentence with alternatives, one of which is then booked", async () => {
    const host = await openSmallHotel();
    give(host, reserve(2));
    await until(() => cell(`${SATURDAY}, 0 of 2 left`));
    await selectNights(2, 1);
    press("n");
    await until(() => text("2 nights, none to sell on 3 Jun, 4 Jun"));
    await type("Guest name", "Jon Doe");
    enter();
    await until(() => alert()?.startsWith("Double has 0 of the 1 room needed on Sat 3 Jun 2017."));
    await click("Suite, Sat 3 › Mon 5 Jun, at least 1 free");
    await until(() => (field("Room type") as HTMLSelectElement).value === "S");
    await click("Book");
    await until(() => cell("Suite, Sat 3 Jun 2017, 0 of 1 left"));
  });

  it("begun on the row of the house takes the first type that has a room", async () => {
    const host = await openSmallHotel();
    give(host, {
      ...reserve(2),
      stays: [{ ...stay, arrival: "2017-06-01", departure: "2017-06-02", rooms: 2 }],
    } as Command);
    await until(() => cell("Double, Thu 1 Jun 2017, 0 of 2 left"));
    await selectNights(0, 0, 2);
    press("n");
    expect((await until(() => field("Room type"))).value).toBe("S");
  });
});

describe("holds", () => {
  it("one key holds the selection, shows the countdown, and Ctrl+Z lets it go", async () => {
    await openSmallHotel();
    await selectNights(2, 0);
    press("h");
    await until(() => cell(`${SATURDAY}, 1 of 2 left`));
    expect(toast()).toContain("Held A1 for 10 minutes");
    await until(() => /Held\s*(9:5\d|10:00) left/.test(document.querySelector("aside")?.textContent ?? ""));
    press("z", { ctrlKey: true });
    await until(() => cell(`${SATURDAY}, 2 of 2 left`));
  });

  it("a refused hold offers the alternatives, which move the selection there", async () => {
    const host = await openSmallHotel();
    give(host, reserve(2));
    await until(() => cell(`${SATURDAY}, 0 of 2 left`));
    await selectNights(2, 0);
    press("h");
    await click("Suite, Sat 3 › Sun 4 Jun, at least 1 free");
    await until(() => document.querySelector("aside h2")?.textContent === "Suite");
    expect(document.activeElement).toBe(grid());
  });

  it("is listed on the day sheet and becomes a booking", async () => {
    await openSmallHotel();
    await selectNights(2, 0);
    press("h");
    document.querySelector<HTMLElement>("#tab-holds")?.click();
    await click("Book hold A1");
    await until(() => text("New booking from hold A1"));
    await type("Guest name", "Ana");
    await click("Book");
    await until(() => toast().includes("Booked A2"));
    await until(() => cell(`${SATURDAY}, 1 of 2 left`));
    await until(() => text("No hold keeps a room on this night."));
  });

  it("of the house itself is told to be none", async () => {
    await openSmallHotel();
    await selectNights(0, 0, 2);
    press("h");
    await until(() => toast().includes("Choose a room type first"));
  });
});

describe("the reservation card", () => {
  async function openCard(host: MemoryHost, command = reserve()) {
    give(host, command);
    press("f", { ctrlKey: true }, document.body);
    const search = document.activeElement as HTMLInputElement;
    search.value = "costa";
    search.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => document.querySelector("[role=option]")?.textContent?.includes("Ana Costa"));
    press("Enter");
    await until(() => side() === "card" && button("Amend"));
  }

  it("cancels with a reason and reinstates", async () => {
    await openCard(await openSmallHotel());
    await click("Cancel booking");
    await type("Reason", "weather");
    await type("Note", "storm");
    await click("Cancel this booking");
    await until(() => cell(`${SATURDAY}, 2 of 2 left`));
    await until(() => text("storm"));
    await click("Reinstate");
    await until(() => cell(`${SATURDAY}, 1 of 2 left`));
  });

  it("keeps what gives the booking up apart from what is pressed all day, and from Close", async () => {
    await openCard(await openSmallHotel());
    const cancel = await until(() => button("Cancel booking"));
    expect(cancel.classList.contains("danger")).toBe(true);
    const beside = [...(cancel.parentElement?.querySelectorAll("button") ?? [])];
    expect(beside.map((each) => each.textContent?.trim())).toEqual(["Cancel booking", "No-show"]);
    // The way out says in words what it is.
    const close = button("Close");
    expect(close?.textContent?.trim()).toBe("Close");
    expect(close?.classList.contains("danger")).toBe(false);
    expect(close?.getAttribute("aria-keyshortcuts")).toBe("Escape");
  });

  it("checks in with a room number, out, and takes that back with a reason", async () => {
    const today = { ...stay, arrival: "2017-06-01", departure: "2017-06-03" };
    await openCard(await openSmallHotel(), { ...reserve(), stays: [today] } as Command);
    await click("Check in");
    await type("Room number", "214");
    await click("Check in now");
    await until(() => text("room 214"));
    await click("Check out");
    await until(() => button("Reverse check-out"));
    await until(() => cell("Double, Fri 2 Jun 2017, 2 of 2 left"));
    await click("Reverse check-out");
    await click("Reverse it");
    await until(() => button("Check out"));
  });

  it("gives way to a cell that is picked by hand, which a form does not", async () => {
    await openCard(await openSmallHotel());
    press("ArrowRight", {}, grid());
    await until(() => side() === "cell");
    press("n", {}, grid());
    press("ArrowRight", {}, grid());
    expect(side()).toBe("booking");
  });

  it("amends its lines in one swap", async () => {
    await openCard(await openSmallHotel());
    await click("Amend");
    await type("Room type", "S");
    await type("Departure", "4/6");
    await click("Save changes");
    await until(() => cell("Suite, Sat 3 Jun 2017, 0 of 1 left"));
    await until(() => cell(`${SATURDAY}, 2 of 2 left`));
    expect(cell("Suite, Sun 4 Jun 2017, 1 of 1 left")).toBeDefined();
  });

  it("moves one night to another type", async () => {
    await openCard(await openSmallHotel());
    await click("Move a night");
    await type("To room type", "S");
    await click("Move it");
    await until(() => text("Sat 3 Jun in Suite"));
    await until(() => cell("Suite, Sat 3 Jun 2017, 0 of 1 left"));
  });

  it("of several stays acts on one of them, and splits it off", async () => {
    await openCard(await openSmallHotel(), reserve(2));
    await click("Cancel booking, stay 2");
    expect(button("Cancel booking, stay 2")?.classList.contains("danger")).toBe(true);
    await click("Cancel this booking, stay 2");
    await until(() => cell(`${SATURDAY}, 1 of 2 left`));
    await click("Split off, stay 1");
    // A question before what cannot be undone.
    expect(toast().includes("Split A2")).toBe(false);
    await click("Split it off");
    await until(() => toast().includes("Split A2 from A1"));
  });

  it("tells of a change made meanwhile instead of overwriting it", async () => {
    const host = await openSmallHotel();
    await openCard(host);
    await click("Amend");
    const reservation = [...(host.inventory?.reservations.values() ?? [])][0];
    if (reservation) reservation.version = 9;
    await type("Departure", "4/6");
    await click("Save changes");
    await until(() => alert()?.includes("was changed meanwhile"));
  });
});

describe("out of order and limits", () => {
  it("takes rooms out of order with a reason, explains them, and brings them back", async () => {
    await openSmallHotel();
    await selectNights(2, 1);
    press("o");
    await click("Take out of order");
    await until(() => alert() === "Say why the rooms are out of order.");
    await type("Reason", "Painting");
    await click("Take out of order");
    await until(() => cell(`${SATURDAY}, 1 of 2 left, out of order 1`));
    press("e");
    await until(() => document.querySelector("aside")?.textContent?.includes("Painting, 1 room"));
    await click("Back in order A1");
    await until(() => cell(`${SATURDAY}, 2 of 2 left`));
  });

  it("warns of the bookings that would be without a room", async () => {
    const host = await openSmallHotel();
    give(host, reserve(2));
    await until(() => cell(`${SATURDAY}, 0 of 2 left`));
    await selectNights(2, 0);
    press("o");
    await until(() => text("1 booking on these nights would be without a room."));
  });

  it("sets the limits of a type and of the house", async () => {
    await openSmallHotel();
    await selectNights(2, 1);
    press("r");
    await click("Set limits");
    await until(() => alert() === "Type at least one of the limits.");
    await type("Overbooking limit", "3");
    await type("Physical rooms", "1");
    await click("Set limits");
    await until(() => cell(`${SATURDAY}, 1 of 1 left, 3 more by overbooking`));
    await selectNights(2, 0, 2);
    press("r");
    expect((await until(() => field("Room type"))).value).toBe("house");
    expect(field("Physical rooms")).toBeUndefined();
    await type("Overbooking limit", "-1");
    await click("Set limits");
    await until(() => cell("House, Sat 3 Jun 2017, 2 of 2 left, 1 kept back"));
  });
});

describe("what happens elsewhere", () => {
  it("appears in the grid, the panel and the day sheet, and a stale selection says so", async () => {
    const host = await openSmallHotel();
    await selectNights(2, 1);
    give(host, reserve(1, "Olga Novak"));
    const changed = await until(() => cell(`${SATURDAY}, 1 of 2 left`));
    expect(changed.className).toContain("changed");
    await until(() => text("The selection changed: at least 1 may be sold now."));
    press("ArrowLeft");
    await until(() => document.querySelector("#day-sheet")?.textContent?.includes("Olga Novak"));
  });

  it("a failed read is told with the request's id to copy", async () => {
    const host = await openSmallHotel();
    host.execute = () =>
      Promise.reject({ code: "storage", message: "The disk is full.", request_id: "0192-abc" });
    await selectNights(2, 0);
    press("h");
    await until(() => toast().includes("The disk is full."));
    expect(toast()).toContain("Request 0192-abc");
    expect(button("Copy")).toBeDefined();
  });
});

describe("the keys of the window", () => {
  it("digits go to a date, Enter shows it, and nonsense is told", async () => {
    await openSmallHotel();
    grid().focus();
    press("2");
    const input = document.activeElement as HTMLInputElement;
    expect(input.value).toBe("2");
    input.value = "27/11";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    press("Enter");
    await until(() => cell("Double, Mon 27 Nov 2017"));
    expect(document.activeElement).toBe(grid());
    press("3");
    input.value = "31/2";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    press("Enter");
    await until(() => text("“31/2” is not a date."));
  });

  it("F6 goes round the regions, ? shows the keys, Escape comes back", async () => {
    await openSmallHotel();
    grid().focus();
    const at = () => document.activeElement?.closest("[data-region]")?.getAttribute("aria-label");
    const seen = [at()];
    for (let i = 0; i < 4; i++) {
      press("F6");
      seen.push(at());
    }
    expect(seen).toEqual([
      "Calendar of room types and nights",
      "Day sheet",
      "Selected night",
      "Property and dates",
      "Calendar of room types and nights",
    ]);
    grid().focus();
    press("?");
    expect(side()).toBe("help");
    press("Escape");
    await until(() => side() === "cell");
  });
});

describe("before a hotel is open", () => {
  it("the sample hotel can be chosen", async () => {
    mountOn(memoryHost({ state: "choose" }));
    await until(() => document.querySelector("[data-state=choose]"));
    (await until(() => document.querySelector<HTMLElement>(".choice"))).click();
    await until(() => document.querySelector("h1")?.textContent === "Resort Hotel");
  });

  it("one's own hotel can be set up", async () => {
    mountOn(memoryHost({ state: "choose" }));
    (await until(() => document.querySelectorAll<HTMLElement>(".choice")[1])).click();
    await type("Name", "Sea House");
    await type("Short code", "SEA");
    document.querySelectorAll<HTMLInputElement>(".types input[inputmode=numeric]").forEach((input) => {
      input.value = "5";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await click("Create hotel");
    await until(() => document.querySelector("h1")?.textContent === "Sea House");
  });

  it("its time zone is picked from a list that what is typed narrows", async () => {
    const host = memoryHost({ state: "choose" });
    mountOn(host);
    (await until(() => document.querySelectorAll<HTMLElement>(".choice")[1])).click();
    const zone = await until(() => document.querySelector<HTMLInputElement>("[role=combobox]"));
    const options = () =>
      [...document.querySelectorAll("[role=option]")].map((each) => each.textContent?.trim());
    const write = (value: string) => {
      zone.value = value;
      zone.dispatchEvent(new Event("input", { bubbles: true }));
    };
    zone.click();
    await until(() => options().length > 300);
    write("atlantis");
    await until(() => options()[0]?.startsWith("“atlantis” is no time zone"));
    write("new york");
    await until(() => options().length === 1);
    expect(options()).toEqual(["America/New York"]);
    press("Enter", {}, zone);
    // What is picked is picked, and the form is not sent with it.
    expect(zone.value).toBe("America/New_York");
    expect(options()).toEqual([]);
    expect(alert()).toBeUndefined();
    write("sao paulo");
    press("Escape", {}, zone);
    await until(() => zone.getAttribute("aria-invalid") === "true");
    await type("Name", "Sea House");
    await type("Short code", "SEA");
    await click("Create hotel");
    await until(() => alert()?.startsWith("“sao paulo” is no time zone."));
  });

  it("progress is shown while it loads, and the desk when it is ready", async () => {
    const host = memoryHost({ state: "loading", done: 1, total: 4, text: "Loading bookings" });
    mountOn(host);
    await until(() => document.querySelector("[data-state=loading]"));
    host.emit("progress", { task: "sample", done: 30_045, total: 40_060, text: "Loading bookings" });
    await until(() => text("30,045 of 40,060"));
    expect(document.querySelector("progress")?.value).toBe(30_045);
    host.emit("open_state", await host.open_sample());
    await until(() => document.querySelector("[data-state=grid]"));
  });

  it("a failure names the file and can be tried again", async () => {
    mountOn(
      memoryHost({ state: "failed", message: "The file is damaged.", file: "/data/hotel.db", newer: false }),
    );
    await until(() => alert() === "The file is damaged.");
    expect(text("/data/hotel.db")).toBe(true);
    expect(button("Try again")).toBeDefined();
  });
});
