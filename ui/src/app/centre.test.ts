// The centre in the window: what the bar and the strip say, what is marked, and the inbox that stays until it is read.
import { expect, it } from "vitest";
import type { CentreView, Command } from "../host";
import { execute } from "../host/memory/commands";
import { alert, button, cell, click, openSmallHotel, press, side, text, until } from "./testing";

const VIEW: CentreView = {
  status: {
    url: "https://centre.example",
    property: "small",
    letters: "B",
    reach: "online",
    heard: "2017-06-01T07:00:00.000Z",
    queued: 0,
    parked: 0,
    inbox: 0,
    safe_room_nights: 12,
    cursor: 40,
  },
  waiting: [],
  parked: [],
  reservations: [],
  nights: [],
};

async function openPlace() {
  press("F10");
  const item = await until(() =>
    [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find((el) =>
      el.textContent?.trim().startsWith("Centre"),
    ),
  );
  item.click();
}

it("says nothing of a centre where there is none, and offers to join one", async () => {
  await openSmallHotel();
  await until(() => text("No centre"));
  expect(document.querySelector("[data-reach]")).toBeNull();
  await openPlace();
  await click("Join");
  await until(() => alert() === "Address of the centre is missing.");
});

it("counts what waits while it is cut off, says what can be sold, and marks the nights", async () => {
  const host = await openSmallHotel();
  const night = { room_type: "D", night: "2017-06-01" };
  host.centreKnown.view = {
    ...VIEW,
    status: {
      ...VIEW.status,
      reach: "offline",
      queued: 1207,
      safe_room_nights: 12400,
      oldest: "2017-06-01T07:01:00.000Z",
    },
    nights: [night],
  };
  await openPlace();
  await until(() => text("Waiting for the centre"));
  press("Escape");
  await until(() => button("Centre: Offline, 1,207 queued"));
  expect(text("1,207 changes queued")).toBe(true);
  expect(text("12,400 room nights can still be sold here")).toBe(true);
  await until(() =>
    cell("Double, Thu 1 Jun 2017")?.getAttribute("aria-label")?.endsWith("not settled with the centre"),
  );
  await click("Try now");
  await until(() => text("The centre does not answer."));
  expect(host.centreKnown.tried).toBe(1);
});

it("keeps an answer until somebody has dealt with it", async () => {
  const host = await openSmallHotel();
  host.centreKnown.view = VIEW;
  host.centreKnown.inbox = [
    {
      id: 1,
      kind: "confirmed",
      command: "0199",
      object: "A1",
      message: "A1: confirmed by the centre.",
      opened: "2017-06-01T07:00:00.000Z",
    },
  ];
  await openPlace();
  await until(() => text("A1: confirmed by the centre."));
  await until(() => document.querySelector("[aria-label='1 answer of the centre to look at']"));
  await click("Show A1");
  await until(() => side() === "card");
  await openPlace();
  await click("Seen: A1");
  await until(() => text("Nothing waits for you."));
  expect(host.centreKnown.inbox[0]?.answered_by).toBe("admin");
  await until(() => !document.querySelector("[aria-label='1 answer of the centre to look at']"));
});

it("takes what can be had instead in one call, and says where that is refused", async () => {
  const host = await openSmallHotel();
  host.centreKnown.view = VIEW;
  const alternative = { room_type: "S", arrival: "2017-06-01", departure: "2017-06-02", available: 1 };
  host.centreKnown.inbox = [
    {
      id: 7,
      kind: "declined",
      command: "0199",
      object: "A1",
      message: "A1: no room for it.",
      refusal: { alternatives: [alternative] },
      opened: "2017-06-01T07:00:00.000Z",
    },
  ];
  const commands: string[] = [];
  const execute = host.execute.bind(host);
  host.execute = (request) => {
    commands.push(request.command.kind);
    return execute(request);
  };
  host.centreKnown.full = true;
  await openPlace();
  const instead = await until(() =>
    [...document.querySelectorAll<HTMLButtonElement>("[data-place] button")].find((each) =>
      each.textContent?.startsWith("Suite"),
    ),
  );
  instead.click();
  await until(() => alert() === "No room is left.");
  expect(text("A1: no room for it.")).toBe(true);
  host.centreKnown.full = false;
  await until(() => !instead.disabled);
  instead.click();
  await until(() => text("Nothing waits for you."));
  const { room_type, arrival, departure } = alternative;
  expect(host.centreKnown.taken).toMatchObject([{ id: 7, room_type, arrival, departure }]);
  expect(commands).toEqual([]);
});

it("gives up a parked command only with a reason", async () => {
  const host = await openSmallHotel();
  const row = { seq: 4, id: "0199", kind: "reserve", actor: "Ana", queued_at: "2017-06-01T07:00:00.000Z" };
  host.centreKnown.view = { ...VIEW, parked: [row] };
  await openPlace();
  await click("Give up");
  await until(() => alert() === "Say why it is given up.");
  expect(host.centreKnown.discarded).toEqual([]);
  const reason = await until(() => document.querySelector<HTMLInputElement>("[data-place] li input"));
  reason.value = "typed twice";
  reason.dispatchEvent(new Event("input", { bubbles: true }));
  await click("Give up");
  await until(() => !text("Parked commands"));
  expect(host.centreKnown.discarded).toEqual([{ id: "0199", reason: "typed twice" }]);
});

const SISTER = {
  property: "h2",
  name: "Hotel Atlantico",
  business_date: "2017-06-01",
  room_types: [
    { code: "D", name: "Double", rooms: 0 },
    { code: "S", name: "Suite", rooms: 2 },
  ],
};

async function openCard(host: Awaited<ReturnType<typeof openSmallHotel>>) {
  const stays = [{ room_type: "D", arrival: "2017-06-02", departure: "2017-06-04", rooms: 1 }];
  const command: Command = { kind: "reserve", stays, guest: { name: "Ana Costa" } };
  host.elsewhere((inventory) => void execute(inventory, { command_id: crypto.randomUUID(), command }));
  press("f", { ctrlKey: true }, document.body);
  const search = document.activeElement as HTMLInputElement;
  search.value = "costa";
  search.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => document.querySelector("[role=option]")?.textContent?.includes("Ana Costa"));
  press("Enter");
  await until(() => side() === "card" && button("Amend"));
}

/** The window learns of the centre, and goes back. */
async function lookAtCentre() {
  await openPlace();
  await until(() => text("Waiting for the centre"));
  press("Escape");
  await until(() => !text("Waiting for the centre"));
}

it("walks a guest to the sister that has room, and says how that ended", async () => {
  const host = await openSmallHotel();
  host.centreKnown.view = VIEW;
  host.centreKnown.sisters = [SISTER];
  await lookAtCentre();
  await openCard(host);
  await click("Walk to a sister hotel");
  await until(() => text("Hotel Atlantico: Suite"));
  const chosen = () => document.querySelector<HTMLInputElement>("input[name=sister]:checked")?.value;
  await until(() => chosen() === "h2 S");
  await click("Walk");
  await until(() => text("is walked."));
  expect(host.centreKnown.walks.map(({ to, room_type }) => [to, room_type])).toEqual([["h2", "S"]]);
  await click("Back");
  await until(() => !text("is walked."));
});

it("says that nobody is walked while the centre is away, and offers no walk where there is no centre", async () => {
  const host = await openSmallHotel();
  await openCard(host);
  expect(button("Walk to a sister hotel")).toBeFalsy();
  host.centreKnown.view = { ...VIEW, status: { ...VIEW.status, reach: "offline" } };
  await lookAtCentre();
  await click("Walk to a sister hotel");
  await until(() => alert() === "The centre does not answer.");
});

it("says where the token is, and why the keyring does not give it", async () => {
  const host = await openSmallHotel();
  const message = "What this desk shows the centre is in the system's keyring, which is locked.";
  const token = { store: "keyring", file: "/hotel.db-centre", lack: "locked", message } as const;
  host.centreKnown.view = { ...VIEW, status: { ...VIEW.status, reach: "offline", token } };
  await openPlace();
  const shown = () => document.body.textContent?.split(message).length;
  await until(() => shown() === 3);
});
