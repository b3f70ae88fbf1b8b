// The door and the places beside the calendar, worked as a person would.
import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { memoryHost, type MemoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import type { AlertRow, AuditRow } from "../host";
import { texts } from "../shared/texts";
import { theme } from "../shared/theme.svelte";
import { button, click, field, grid, mountOn, openSmallHotel, press, PROPERTY, text, until } from "./testing";

// jsdom has no canvas; what is drawn is seen in the real window.
vi.mock("../features/charts/plot", () => ({
  plot: () => ({ resize: () => undefined, end: () => undefined }),
}));

const PASSWORD = "nine green lamps";

const input = (name: string) =>
  [...(door() ?? document).querySelectorAll<HTMLLabelElement>("label")]
    .find((label) => label.querySelector("span")?.textContent?.startsWith(name))
    ?.querySelector("input") ?? undefined;

async function write(name: string, value: string): Promise<void> {
  const field = await until(() => input(name));
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

const door = () => document.querySelector<HTMLElement>("[data-door]");
const behind = () => document.querySelector<HTMLElement>(".behind");
const menuItem = (name: string) =>
  [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find((item) =>
    item.textContent?.includes(name),
  );

function staffedHost(): MemoryHost {
  const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
  const add = (name: string, role: "admin" | "front_desk") =>
    host.people.staff.push({
      name,
      role,
      password: PASSWORD,
      enabled: true,
      created_at: "2017-06-01T08:00:00Z",
    });
  add("Rosa", "admin");
  add("Iris", "front_desk");
  return host;
}

async function signIn(name: string, password = PASSWORD): Promise<void> {
  await write("Name", name);
  await write("Password", password);
  await click("Sign in");
}

async function openAs(name: string): Promise<MemoryHost> {
  const host = staffedHost();
  mountOn(host);
  await until(door);
  await signIn(name);
  await until(() => !door() && document.documentElement.dataset.ready === "grid");
  return host;
}

async function go(place: string): Promise<void> {
  press("F10");
  (await until(() => menuItem(place))).click();
  flushSync();
  await until(() => document.querySelector("[data-place]"));
}

const ALERT: AlertRow = {
  id: 7,
  kind: "overbooked",
  level: "critical",
  audience: "front_desk",
  subject: "D",
  facts: {},
  message: "Double is overbooked by 1 on Thu 1 Jun 2017.",
  opened: "2017-06-01T08:00:00Z",
  changed: "2017-06-01T08:00:00Z",
  acknowledged: null,
  acknowledged_by: null,
  closed: null,
};

const row = (seq: number, what: string): AuditRow => ({
  seq,
  instant: "2017-06-01T08:00:00Z",
  actor: "Iris",
  permission: "sell",
  desk: "desk 1",
  what,
  object: `A${seq}`,
  about: `A${seq}`,
  accepted: true,
  reason_code: null,
  reason: null,
  override_reason: null,
  request_id: "018f",
  detail: null,
  events: [{ kind: "reserved", payload: "{}" }],
  hash: "ab12",
});

describe("the door", () => {
  it("shows nothing of the hotel but its name until somebody signs in", async () => {
    mountOn(staffedHost());
    await until(door);
    expect(text("Small Hotel")).toBe(true);
    expect(document.querySelector("[role=grid]")).toBeNull();
    await signIn("Rosa", "wrong");
    await until(() => text("Name and password do not go together"));
    await signIn("Rosa");
    await until(() => document.querySelector("[role=grid]"));
    expect(button("Rosa")).toBeDefined();
  });

  it("locks by a key, hides the hotel, and gives the same person their window back", async () => {
    await openAs("Iris");
    const grid = document.querySelector("[role=grid]");
    press("l", { ctrlKey: true });
    await until(() => door()?.dataset.door === "locked");
    expect(behind()?.inert).toBe(true);
    expect(behind()?.classList.contains("hidden")).toBe(true);
    await signIn("Iris");
    await until(() => !door());
    expect(document.querySelector("[role=grid]")).toBe(grid);
    expect(behind()?.inert).toBe(false);
  });

  it("gives the focus back to where it was", async () => {
    await openAs("Iris");
    grid().focus();
    press("n");
    const guest = await until(() => field("Guest name"));
    guest.focus();
    press("l", { ctrlKey: true });
    await until(() => door()?.dataset.door === "locked");
    expect(document.activeElement?.closest("[data-door]")).toBe(door());
    await signIn("Iris");
    await until(() => !door());
    await until(() => document.activeElement === guest);
  });

  it("gives somebody else a window of their own", async () => {
    await openAs("Iris");
    const grid = document.querySelector("[role=grid]");
    await click("Iris");
    (await until(() => menuItem("Change user"))).click();
    await until(door);
    await signIn("Rosa");
    await until(() => button("Rosa") && document.querySelector("[role=grid]"));
    expect(document.querySelector("[role=grid]")).not.toBe(grid);
  });

  it("tells the program that somebody is at work", async () => {
    const host = await openAs("Iris");
    press("ArrowRight");
    await until(() => host.people.touched > 0);
  });
});

describe("the bar", () => {
  it("names the hotel and who is signed in apart, each with a menu of its own", async () => {
    await openAs("Iris");
    expect(document.querySelector("h1")?.textContent).toBe("Small Hotel");
    const items = () =>
      [...document.querySelectorAll("[role=menuitem] span:first-child")].map((item) => item.textContent);
    await click("Places");
    expect(items()).toContain("Settings");
    expect(items()).not.toContain("Change user");
    await click("Places");
    await click("Iris");
    expect(items()).toEqual(["Lock", "Change user"]);
    const described = button("Iris")?.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).toBe("Signed in, Front desk");
  });

  it("shows nobody where nobody has to sign in", async () => {
    await openSmallHotel();
    const menus = [...document.querySelectorAll("header [aria-haspopup=menu]")];
    expect(menus.map((menu) => menu.textContent?.replace("▾", "").trim())).toEqual(["Places", "Appearance"]);
  });
});

describe("the settings", () => {
  const fields = () => document.querySelectorAll("[data-place] :is(input, select, textarea)").length;

  it("are texts to who may set nothing, with who may", async () => {
    const host = await openAs("Iris");
    await go("Settings");
    await until(() => text("Only for: Manager, Administrator") && document.querySelector(".setting"));
    const [first] = await host.settings();
    const shown = document.querySelector(".setting .value")?.textContent;
    expect(shown).toBe(String(first?.value));
    expect([...document.querySelectorAll("[data-place] p")].map((each) => each.textContent)).toContain(
      "Only for: Administrator",
    );
    expect(text("2 rooms")).toBe(true);
    expect(fields()).toBe(0);
  });

  it("are fields to who may", async () => {
    await openAs("Rosa");
    await go("Settings");
    await until(() => document.querySelector(".setting"));
    expect(fields()).toBeGreaterThan(4);
    expect(document.querySelector("[data-place]")?.textContent).not.toContain("Only for");
  });
});

describe("the places", () => {
  it("names who may go where a role may not", async () => {
    await openAs("Iris");
    press("F10");
    const item = await until(() => menuItem("Staff and roles"));
    await until(() => text("Only for: Administrator"));
    expect(item.getAttribute("aria-disabled")).toBe("true");
    item.click();
    flushSync();
    expect(document.querySelector("[data-place]")).toBeNull();
  });

  it("counts open alerts in the bar and takes one off when it was seen", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    host.people.alerts.push(ALERT);
    mountOn(host);
    await click("1 open alert");
    await until(() => text(ALERT.message));
    await click("Seen");
    await until(() => text("seen by admin"));
    expect(button("Seen")).toBeUndefined();
    await until(() => !button("1 open alert"));
    press("Escape");
    expect(document.querySelector("[data-place]")).toBeNull();
    await until(() => document.activeElement === document.querySelector("[role=grid]"));
  });

  it("shows the pictures as tables too, from their key and from the menu", async () => {
    await openSmallHotel();
    press("c", {}, grid());
    await until(() => document.querySelector("[data-place=charts] tbody tr"));
    const rows = () => document.querySelectorAll("[data-place] tbody tr").length;
    expect(rows()).toBe(365);
    await click("Arrivals and departures");
    await until(() => text("0 arrivals and 0 departures."));
    await click("Table");
    expect(document.querySelector("[data-place] [role=img]")).toBeNull();
    press("Escape");
    await go("Pictures");
    await until(() => button("Table")?.getAttribute("aria-pressed") === "true");
  });

  it("verifies the file and says what came of it", async () => {
    await openSmallHotel();
    await go("Health");
    await click("Verify now");
    await until(() => text("Every count is what its events add up to."));
  });

  it("tells how far the check is, and stops it", async () => {
    const host = await openSmallHotel();
    await go("Health");
    let stop = () => {};
    let late = () => {};
    vi.spyOn(host, "verify").mockImplementation((hear) => {
      hear({ task: "verify", done: 1200, total: 3000, text: "" });
      return new Promise((_, reject) => {
        stop = () => reject({ code: "cancelled", message: "Stopped.", request: "r" });
        late = () => hear({ task: "verify", done: 1300, total: 3000, text: "" });
      });
    });
    vi.spyOn(host, "stop_work").mockImplementation(async () => stop());
    await click("Verify now");
    await until(() => text("1,200 of 3,000"));
    await click("Stop");
    await until(() => text("Stopped."));
    // What was on its way while the answer came is not heard any more.
    late();
    flushSync();
    expect(text("of 3,000")).toBe(false);
    expect(button("Verify now")?.disabled).toBe(false);

    // Whoever goes elsewhere stops it.
    await click("Verify now");
    await until(() => text("1,200 of 3,000"));
    press("Escape");
    expect(host.stop_work).toHaveBeenLastCalledWith("verify");
    expect(host.stop_work).toHaveBeenCalledTimes(2);
  });

  it("narrows the trail and reads on from its last row", async () => {
    const host = await openSmallHotel();
    host.people.trail = Array.from({ length: 60 }, (_, i) => row(i + 1, i % 2 ? "reserve" : "cancel"));
    await go("Audit trail");
    await until(() => text("A60"));
    expect(text("A10")).toBe(false);
    await click("Older rows");
    await until(() => text("A10"));
    const action = [...document.querySelectorAll<HTMLSelectElement>("[data-place] select")][0];
    if (!action) throw new Error("no list of actions");
    action.value = "cancel";
    action.dispatchEvent(new Event("change", { bubbles: true }));
    await click("Show");
    await until(() => !text("A60") && text("A59"));
    await write("From", "10/6");
    await write("Until", "9/6");
    await click("Show");
    await until(() => text("The last date is before the first."));
  });

  it("shortens the trail's ids, and tells a refused action apart from its name", async () => {
    const host = await openSmallHotel();
    const id = "018f2b7e-5c3d-7abc-8def-0123456789ab";
    const refused = { ...row(1, "reserve"), object: id, about: id, accepted: false, request_id: id };
    host.people.trail = [{ ...refused, hash: "ab12".repeat(16) }];
    await go("Audit trail");
    const cells = await until(
      () => document.querySelector<HTMLTableRowElement>("[data-place] tbody tr")?.cells,
    );
    expect(cells[2]?.textContent?.trim()).toBe("Booking refused");
    const ids = [...document.querySelectorAll<HTMLDataElement>("[data-place] data")];
    expect(ids.map(({ textContent }) => textContent)).toEqual(["…456789ab", "…456789ab", "…ab12ab12"]);
    expect(ids.map(({ value }) => value)).toEqual([id, id, "ab12".repeat(16)]);
    expect(text(id)).toBe(false);
    expect(button("Copy: Object")).toBeDefined();
    expect(button("Copy: Link of the chain")).toBeDefined();
  });

  it("begins the staff with its first administrator, who then signs in", async () => {
    const host = await openSmallHotel();
    await go("Set up staff");
    await click("Add administrator");
    await until(() => text("Name and password are both needed."));
    await write("Name", "Rosa");
    await write("Password", PASSWORD);
    await click("Add administrator");
    await until(door);
    expect(host.people.staff.map(({ name, role }) => `${name} ${role}`)).toEqual(["Rosa admin"]);
  });

  it("asks for another sign-in where one is too old, and then does what was asked", async () => {
    const host = await openAs("Rosa");
    await go("Staff and roles");
    host.people.stale = true;
    (await until(() => document.querySelectorAll<HTMLButtonElement>("td button")[3])).click();
    await until(() => door()?.dataset.door === "fresh");
    await write("Password", PASSWORD);
    (document.querySelector("[data-door] button[type=submit]") as HTMLButtonElement).click();
    await until(() => host.people.staff[1]?.enabled === false);
    await until(() => text("Iris is changed."));
  });

  it("keeps a setting that is out of bounds in its field and says why", async () => {
    const host = await openSmallHotel();
    await go("Settings");
    await write("Lock when idle (minutes)", "soon");
    await click("Set Lock when idle (minutes)");
    await until(() => text("is not allowed"));
    expect((await until(() => input("Lock when idle (minutes)"))).value).toBe("soon");
    await write("Lock when idle (minutes)", "5");
    await click("Set Lock when idle (minutes)");
    await until(() => host.people.settings[0]?.value === 5);
  });

  it("opens a night through time at now and steps back", async () => {
    const host = await openSmallHotel();
    const stays = [{ room_type: "D", arrival: "2017-06-01", departure: "2017-06-02", rooms: 1 }];
    await host.execute({ command_id: crypto.randomUUID(), command: { kind: "place_hold", stays } });
    await go("A night through time");
    await until(() => text("Now"));
    await click("One change earlier");
    await until(() => text("Before the first change"));
  });
});

describe("an alert", () => {
  it("opens its night: in the calendar, with the place gone", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    host.people.alerts.push({ ...ALERT, subject: "S", from: "2017-07-03", to: "2017-07-05" });
    mountOn(host);
    await click("1 open alert");
    await click(ALERT.message);
    await until(() => !document.querySelector("[data-place]"));
    await until(() => document.querySelector("aside h2")?.textContent === "Suite");
    const active = () => document.getElementById(grid().getAttribute("aria-activedescendant") ?? "");
    await until(() => active()?.getAttribute("aria-label")?.startsWith("Suite, Tue 4 Jul 2017"));
    expect(document.querySelector(".kg-chip")?.textContent).toContain("2 nights Mon 3 › Wed 5 Jul");
    await until(() => document.activeElement === grid());
  });

  it("gives way to a form that asks whether it is to be left", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    host.people.alerts.push({ ...ALERT, subject: "S", from: "2017-07-03", to: "2017-07-05" });
    mountOn(host);
    await until(() => document.documentElement.dataset.ready === "grid" && button("1 open alert"));
    press("n", {}, grid());
    await until(() => field("Guest name"));
    await write("Guest name", "Ada King");
    await click("1 open alert");
    await click(ALERT.message);
    await until(() => !document.querySelector("[data-place]"));
    expect(document.querySelector("aside [role=alert]")?.textContent).toBe(texts.escapeAgain);
    expect(field("Guest name")?.value).toBe("Ada King");
  });

  it("of the whole house opens the row of the house", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    host.people.alerts.push({ ...ALERT, subject: "house", from: "2017-07-03", to: "2017-07-04" });
    mountOn(host);
    await click("1 open alert");
    await click(ALERT.message);
    await until(() => document.querySelector("aside h2")?.textContent === "House");
  });

  it("says since when below its sentence, and not in it", async () => {
    const host = memoryHost(new MemoryInventory(PROPERTY, Date.now, 200));
    host.people.alerts.push(ALERT);
    mountOn(host);
    await click("1 open alert");
    const when = await until(() => document.querySelector(".alert .when"));
    expect(when.textContent?.trim()).toMatch(/^since 1 Jun 2017, \d+:00$/);
    expect(when.matches(".message + p")).toBe(true);
    expect(document.querySelector(".alert .message")?.textContent).toBe(ALERT.message);
  });
});

describe("who may", () => {
  it.each([
    ["r", "Only for: Manager, Administrator"],
    ["o", "Only for: Night audit, Manager, Administrator"],
    ["d", "Only for: Night audit, Manager, Administrator"],
    ["a", "Only for: Manager, Administrator"],
  ])("is told by %s before any form is filled in", async (key, told) => {
    await openAs("Iris");
    press(key, {}, grid());
    await until(() => document.querySelector(".toasts")?.textContent?.includes(told));
    expect(document.querySelector("aside")?.dataset.side).toBe("cell");
    expect(document.querySelector("aside input, aside select")).toBeNull();
  });

  it("sell is asked for a name at once", async () => {
    await openAs("Iris");
    press("n", {}, grid());
    await until(() => document.querySelector("aside")?.dataset.side === "booking");
    expect(document.querySelector(".toasts")?.textContent).not.toContain("Only for");
  });
});

describe("the size", () => {
  it("goes up and down by keys and is kept", async () => {
    const drawn: number[] = [];
    theme.sizeWith((factor) => drawn.push(factor));
    await openSmallHotel();
    press("+", { ctrlKey: true });
    press("+", { ctrlKey: true });
    press("-", { ctrlKey: true });
    press("0", { ctrlKey: true });
    press("-", { ctrlKey: true });
    expect(drawn).toEqual([1.25, 1.5, 1.25, 1]);
    expect(localStorage.getItem("keyrack.size")).toBe("100");
  });
});

describe("papers", () => {
  it("are printed into a suggested file, of the reservation that is looked at as well", async () => {
    const host = await openSmallHotel();
    press("p", { ctrlKey: true });
    await until(() => input("File (PDF)")?.value === "/documents/arrivals-2017-06-01.pdf");
    await write("File (PDF)", "");
    await click("Print");
    await until(() => text("Say in which file"));
    await write("File (PDF)", "/tmp/a.pdf");
    await click("Print");
    await until(() => text("Written to /tmp/a.pdf and opened."));
    expect(host.people.printed).toEqual([
      { paper: "day", list: "arrivals", date: "2017-06-01", to: "/tmp/a.pdf" },
    ]);
  });
});

describe("the office", () => {
  it("tries bookings before they come in, and tells the rows that do not", async () => {
    await openSmallHotel();
    await go("Import and export");
    await click("Dry run");
    await until(() => text("Name the file and its mapping."));
    expect(button("Bring in")?.disabled).toBe(true);
    await write("File with bookings", "/a.csv");
    await write("Mapping", "/m.toml");
    await click("Dry run");
    await until(() => text("There is no room type XXX."));
    expect(text("3 rows: 2 would come in")).toBe(true);
    await click("Bring in");
    await until(() => text("Nothing was brought in."));
  });

  it("asks once more before a backup takes the place of everything", async () => {
    const host = await openSmallHotel();
    await go("Backups and jobs");
    await until(() => text("There is no backup yet."));
    await click("Back up now");
    await until(() => text("copy-0 is made and verified."));
    await click("Put back copy-0");
    await click("Back");
    expect(host.office.restored).toEqual([]);
    await click("Put back copy-0");
    await click("Put it back");
    await until(() => text("What was replaced is kept as /hotel.replaced."));
    expect(host.office.restored).toEqual(["/backups/copy-0"]);
  });
});

describe("the first steps", () => {
  it("are shown to who begins a hotel, once, and again from the help", async () => {
    const host = memoryHost({ state: "choose" });
    mountOn(host);
    (
      await until(() =>
        [...document.querySelectorAll<HTMLButtonElement>("button")].find((each) =>
          each.textContent?.includes("Open the sample hotel"),
        ),
      )
    ).click();
    await until(() => text("First steps, 1 of 4"));
    await click("Next");
    await until(() => text("First steps, 2 of 4"));
    await click("Skip");
    expect(text("First steps,")).toBe(false);
    expect(localStorage.getItem("keyrack.tour")).toBe("seen");
    press("?", {}, grid());
    await click("First steps again");
    await until(() => text("First steps, 1 of 4"));
  });

  it("do not come over a hotel that was there before", async () => {
    await openSmallHotel();
    expect(text("First steps")).toBe(false);
  });
});
