// Groups, the waitlist and the end of the day, over a host that answers as the program does.
import { describe, expect, it } from "vitest";
import type { Answer, AllotmentCard, Command, DueItems, SheetRow, WaitingRow } from "../host";
import { memoryHost, type MemoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import { uuidV7 } from "../shared/ids";
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
  PROPERTY,
  selectNights,
  side,
  text,
  type,
  until,
} from "./testing";

const stay: SheetRow = {
  id: "0197-stay",
  number: "A1",
  stay: 1,
  stays: 1,
  guest: "Nora Late",
  room_type: "D",
  arrival: "2017-06-01",
  departure: "2017-06-03",
  nights: 2,
  adults: 2,
  children: 0,
  status: "confirmed",
};

/** Takes down every command, and answers it with what is given. */
function answering(host: MemoryHost, answer: (command: Command) => Partial<Answer>): Command[] {
  const given: Command[] = [];
  host.execute = ({ command_id, command }) => {
    given.push(command);
    const head = { command_id, request_id: "r", head: 0, ok: true, text: "Done", undoable: false };
    return Promise.resolve({ ...head, ...answer(command) } as Answer);
  };
  return given;
}

const refusal = (code: string) =>
  ({ ok: false, error: { code, message: `Refused: ${code}.` } }) as Partial<Answer>;

describe("a refused booking", () => {
  it("waits where there is no room", async () => {
    const host = await openSmallHotel();
    const given = answering(host, (command) =>
      command.kind === "reserve" && !command.waitlist ? refusal("no_availability") : {},
    );
    await selectNights(0, 0);
    press("n");
    await type("Guest name", "Willi Wait");
    enter();
    await click("Put on the waitlist");
    await until(() => side() === "cell");
    expect(given.at(-1)).toMatchObject({ kind: "reserve", waitlist: true, guest: { name: "Willi Wait" } });
  });

  it("by a condition is sold with a reason, and never without", async () => {
    const host = await openSmallHotel();
    const given = answering(host, () => refusal("restricted"));
    await selectNights(0, 0);
    press("n");
    await type("Guest name", "Otto Kurz");
    enter();
    await click("Book all the same");
    await until(() => text("Say why it is sold all the same."));
    expect(given).toHaveLength(1);
    await type("Reason to sell it all the same", "A friend");
    const reasons: (string | undefined)[] = [];
    const execute = host.execute;
    host.execute = (request) => {
      reasons.push(request.override_reason);
      return execute(request);
    };
    await click("Book all the same");
    await until(() => given.length === 2);
    expect(reasons).toEqual(["A friend"]);
  });
});

describe("groups", () => {
  const card: AllotmentCard = {
    id: "0197-group",
    number: "A-G1",
    version: 3,
    name: "Choir",
    allotment_kind: "non_elastic",
    status: "open",
    stays: [{ room_type: "D", arrival: "2017-06-02", departure: "2017-06-03", rooms: 2 }],
    shoulder: 0,
    total: 2,
    picked_up: 1,
    kept_back: 1,
    nights: [{ room_type: "D", night: "2017-06-02", total: 2, picked_up: 1, kept_back: 1 }],
    picked_up_by: [stay],
  };

  it("are opened from the selection, listed, resized, picked up and given back", async () => {
    const host = await openSmallHotel();
    Object.assign(host, {
      allotments: () => Promise.resolve([card]),
      allotment: () => Promise.resolve(card),
    });
    const given = answering(host, (command) =>
      command.kind === "open_allotment" ? { allotment: { id: card.id, number: card.number } } : {},
    );
    await selectNights(1, 0);
    press("a");
    await click("Keep the rooms");
    await until(() => alert() === "Type the group's name.");
    await type("Group name", "Choir");
    await type("Double, rooms", "2");
    enter();
    await click("Keep the rooms");
    await until(() => text("1 of 2 room nights picked up") && text("1/2"));
    expect(given[0]).toMatchObject({ kind: "open_allotment", name: "Choir", stays: card.stays });

    await type("Double, rooms", "3");
    await click("Change rooms");
    await until(() => given.at(-1)?.kind === "change_allotment");
    expect(given.at(-1)).toMatchObject({ stays: [{ rooms: 3 }] });

    await click("Return to the group, Nora Late");
    await until(() => given.at(-1)?.kind === "return_pick_up");
    expect(given.at(-1)).toEqual({ kind: "return_pick_up", ids: ["A1/1"] });

    await click("Pick up a room, Double");
    await until(() => text("Pick-up from group A-G1"));
    await type("Guest name", "Anna Alt");
    await click("Book");
    await until(() => given.at(-1)?.kind === "reserve");
    expect(given.at(-1)).toMatchObject({ allotment: card.id, stays: [{ ...card.stays[0], rooms: 1 }] });
  });
});

describe("the waitlist", () => {
  it("offers only to who fits", async () => {
    const host = await openSmallHotel();
    const rows: WaitingRow[] = [
      { ...stay, number: "A1", guest: "Ana", fits: true },
      { ...stay, number: "A2", guest: "Ben", fits: false },
    ];
    host.waitlist = () => Promise.resolve(rows);
    const given = answering(host, () => ({}));
    await selectNights(0, 0);
    press("w");
    await click("Offer the room, Ana");
    expect(button("Offer the room, Ben")).toBeUndefined();
    await click("Remove from the waitlist, Ben");
    await until(() => given.length === 2);
    expect(given).toEqual([
      { kind: "offer_waitlist", id: "A1" },
      { kind: "leave_waitlist", ids: ["A2"] },
    ]);
  });
});

describe("the end of the day", () => {
  it("is held back by what is open, decided by one key, and told when it is done", async () => {
    const host = await openSmallHotel();
    const due: DueItems = {
      business_date: "2017-06-01",
      ready: false,
      items: [{ id: "A1/1", due: "arrival_not_in", choices: ["check_in", "keep", "no_show"], stay }],
    };
    host.due = () => Promise.resolve(due);
    const sent: Record<string, string>[] = [];
    host.end_of_day = ({ decisions }) => {
      sent.push(decisions);
      if (sent.length === 1) return Promise.reject({ code: "busy", message: "The file is busy." });
      return Promise.resolve({ ended: "2017-06-01", business_date: "2017-06-02", decided: [], opened: 1 });
    };
    await selectNights(0, 0);
    press("d");
    const group = await until(() => document.querySelector<HTMLElement>("[role=radiogroup]"));
    expect(text("1 decision left")).toBe(true);
    expect(button("End Thu 1 Jun 2017")?.disabled).toBe(true);
    press("2", {}, group);
    await until(() => text("Nothing is left to decide."));
    await click("End Thu 1 Jun 2017");
    await until(() => alert() === "The file is busy.");
    await click("End Thu 1 Jun 2017");
    await until(() => text("The business date is now Fri 2 Jun 2017."));
    expect(sent).toEqual([{ "A1/1": "keep" }, { "A1/1": "keep" }]);
  });
});

describe("conditions of sale", () => {
  it("are set with the limits, and only those that were touched", async () => {
    const host = await openSmallHotel();
    const given = answering(host, () => ({}));
    await selectNights(0, 0);
    press("r");
    await type("Stop-sell", "on");
    await type("Fewest nights", "2");
    expect(field("Most nights")).toBeDefined();
    await click("Set limits");
    await until(() => given.length === 1);
    const night = { room_type: "D", from: "2017-06-01", to: "2017-06-02" };
    expect(given[0]).toEqual({ kind: "set_limits", ...night, stop_sell: true, min_stay: 2 });
  });

  it("and the house's own limit can be taken away", async () => {
    const host = await openSmallHotel();
    const given = answering(host, () => ({}));
    await selectNights(0, 0);
    press("r");
    await type("Overbooking limit", "4");
    const own = "No limit of the house's own: the types alone decide";
    expect(field(own)).toBeUndefined();
    await type("Room type", "house");
    field(own)?.click();
    await until(() => field("Overbooking limit") === undefined);
    await click("Set limits");
    await until(() => given.length === 1);
    const night = { from: "2017-06-01", to: "2017-06-02" };
    expect(given[0]).toEqual({ kind: "set_limits", ...night, no_overbooking: true });
  });
});

describe("a form that was opened while another one's answer was under way", () => {
  it.each(["r", "o", "n", "a"])("stays when the answer to %s comes", async (asks) => {
    const host = await openSmallHotel();
    const given = answering(host, () => ({ allotment: { id: "0197-group", number: "A-G1" } }));
    const answers = host.execute.bind(host);
    let answerNow = () => {};
    const later = new Promise<void>((resolve) => (answerNow = resolve));
    host.execute = (request) => later.then(() => answers(request));
    await selectNights(0, 0);
    press(asks);
    await until(() => side() !== "cell");
    const typed = { r: "Overbooking limit", o: "Reason", n: "Guest name", a: "Group name" }[asks] ?? "";
    await type(typed, "1");
    enter();
    grid().focus();
    // The first one asks whether what was typed is to be left.
    press("w");
    press("w");
    await until(() => side() === "waitlist");
    answerNow();
    await until(() => given.length === 1);
    await Promise.resolve();
    expect(side()).toBe("waitlist");
  });
});

describe("what was done", () => {
  it("is listed, and each is taken back by itself", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("h");
    await until(() => cell("Double, Thu 1 Jun 2017, 1 of 2 left"));
    press("ArrowRight");
    press("h");
    await until(() => cell("Double, Fri 2 Jun 2017, 1 of 2 left"));
    press("u");
    await until(() => document.querySelectorAll("aside li").length === 2);
    const first = [...document.querySelectorAll<HTMLButtonElement>("aside li button")].at(-1);
    first?.click();
    await until(() => cell("Double, Thu 1 Jun 2017, 2 of 2 left"));
    expect(cell("Double, Fri 2 Jun 2017, 1 of 2 left")).toBeDefined();
    await until(() => document.querySelectorAll("aside li").length === 1);
    // Ctrl+Z takes the last one back, and the list knows of it.
    press("z", { ctrlKey: true });
    await until(() => text("Nothing is left that could be undone here."));
  });

  it("is the same in the list and below the calendar, before and after the window was opened", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    const below = () => document.querySelector("footer .undo")?.textContent?.replace(/^.*?undo: /, "");
    const listed = () => document.querySelector("aside li > span")?.firstChild?.textContent?.trim();
    const stays = [{ room_type: "D", arrival: "2017-06-03", departure: "2017-06-04", rooms: 1 }];
    await host.execute({ command_id: uuidV7(), command: { kind: "place_hold", stays } });
    mountOn(host);
    await until(() => cell("Double, Thu 1 Jun 2017, 2 of 2 left"));
    await until(below);
    grid().focus();
    press("u");
    await until(listed);
    expect(listed()).toBe(below());
    await selectNights(0, 0);
    press("h");
    await until(() => cell("Double, Thu 1 Jun 2017, 1 of 2 left"));
    await until(() => document.querySelectorAll("aside li").length === 2);
    expect(listed()).toBe(below());
    press("z", { ctrlKey: true });
    await until(() => document.querySelectorAll("aside li").length === 1);
    expect(listed()).toBe(below());
    expect(cell("Double, Thu 1 Jun 2017, 2 of 2 left")).toBeDefined();
    press("z", { ctrlKey: true });
    await until(() => below() === undefined);
    expect(listed()).toBeUndefined();
  });

  it("leaves the list where it was taken back elsewhere", async () => {
    const host = await openSmallHotel();
    await selectNights(0, 0);
    press("h");
    await until(() => cell("Double, Thu 1 Jun 2017, 1 of 2 left"));
    press("u");
    await until(() => document.querySelector("aside li button"));
    const error = { code: "cannot_undo", message: "It is undone already.", why: "already_undone" };
    host.execute = ({ command_id }) =>
      Promise.resolve({ command_id, request_id: "r", head: 0, ok: false, error } as Answer);
    const property = { ...(await host.property()), last_undo: undefined };
    host.property = () => Promise.resolve(property);
    press("z", { ctrlKey: true });
    await until(() => text("It is undone already."));
    await until(() => document.querySelector("aside li button") === null);
  });
});

describe("what is done at the foot", () => {
  it("is taken back by its button", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("h");
    await until(() => cell("Double, Thu 1 Jun 2017, 1 of 2 left"));
    const undo = await until(() => document.querySelector<HTMLButtonElement>("footer button.undo"));
    expect(undo.getAttribute("aria-keyshortcuts")).toBe("Control+Z");
    undo.click();
    await until(() => cell("Double, Thu 1 Jun 2017, 2 of 2 left"));
  });
});

describe("the list of papers", () => {
  it("leads on to printing with Enter", async () => {
    await openSmallHotel();
    press("p", { ctrlKey: true });
    await until(() => document.activeElement?.matches("aside select"));
    enter();
    expect(document.activeElement).toBe(document.querySelector("aside button[type=submit]"));
  });
});

describe("a letter where nothing has the focus", () => {
  it("begins what it begins from the calendar", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    grid().blur();
    expect(document.activeElement).toBe(document.body);
    press("n");
    await until(() => side() === "booking");
    (document.activeElement as HTMLElement).blur();
    press("u");
    await until(() => side() === "recent");
  });

  it("is a letter in a field", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("n");
    await until(() => field("Guest name"));
    press("u");
    expect(side()).toBe("booking");
  });
});

describe("a line of the day", () => {
  it.each([
    ["n", "booking"],
    ["N", "booking"],
    ["u", "recent"],
    ["w", "waitlist"],
    ["?", "help"],
  ])("has the keys of the calendar: %s", async (key, opened) => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("n");
    await type("Guest name", "Ada King");
    enter();
    const row = await until(() => document.querySelector<HTMLElement>("#day-sheet tbody tr"));
    row.focus();
    press(key);
    await until(() => side() === opened);
  });

  it("keeps the letters that are written in it", async () => {
    await openSmallHotel();
    await selectNights(0, 0);
    press("n");
    await type("Guest name", "Ada King");
    enter();
    const tick = await until(() => document.querySelector<HTMLElement>("#day-sheet tbody tr input"));
    tick.focus();
    press("u");
    expect(side()).not.toBe("recent");
  });
});
