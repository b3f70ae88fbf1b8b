// The host over an inventory in memory: for tests, and for looking at the window in a browser while developing.
import { civilOf, dayOf } from "../../shared/dates";
import type { NewProperty, OpenState } from "../bindings";
import type { Host, HostEvents, Unlisten } from "../host";
import { centreHost, MemoryCentre } from "./centre";
import { charts } from "./charts";
import { execute } from "./commands";
import { MemoryInventory } from "./inventory";
import { MemoryOffice, officeHost } from "./office";
import { MemoryPeople, peopleHost } from "./people";
import {
  cellPanel,
  changesSince,
  daySheet,
  findReservations,
  gridBytes,
  propertyInfo,
  reservationCard,
} from "./queries";
import { Refusing } from "./refusal";
import { sampleInventory } from "./sample";

type Listeners = { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> };

export interface MemoryHost extends Host {
  readonly inventory: MemoryInventory | undefined;
  readonly people: MemoryPeople;
  readonly office: MemoryOffice;
  readonly centreKnown: MemoryCentre;
  /** Changes the inventory behind the window's back, as another process would, and tells the window. */
  elsewhere(change: (inventory: MemoryInventory) => void): void;
  emit<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void;
}

/** What the shell does with the window itself; a browser has no such shell. */
const shell: Pick<Host, "languages" | "speak" | "set_zoom" | "painted" | "documents" | "choose_file"> = {
  languages: () => Promise.resolve([...navigator.languages]),
  speak: () => Promise.resolve(),
  set_zoom: () => Promise.resolve(),
  painted: () => Promise.resolve(),
  documents: () => Promise.resolve("/documents"),
  choose_file: (_, suggested) => Promise.resolve(suggested),
};

type Absent = Pick<Host, "allotments" | "allotment" | "waitlist" | "due" | "end_of_day">;

/** The hotel in memory has no groups and nobody who waits, and its date does not move. */
function absent(businessDate: () => number): Absent {
  const refused = async (code: string, message: string): Promise<never> => {
    throw { code, message, request_id: crypto.randomUUID() };
  };
  return {
    allotments: () => Promise.resolve([]),
    allotment: ({ id }) => refused("unknown_allotment", `There is no group ${id}.`),
    waitlist: () => Promise.resolve([]),
    due: async () => ({ business_date: civilOf(businessDate()), ready: true, items: [] }),
    end_of_day: () => refused("bad_input", "The date of the hotel in memory does not move."),
  };
}

type Questions = Pick<
  Host,
  | "print"
  | "property"
  | "grid"
  | "changes"
  | "charts"
  | "cell"
  | "day_sheet"
  | "reservation"
  | "find_reservations"
  | "cell_at"
>;
type Read = <T>(answer: () => T) => Promise<T>;

function questions(open: () => MemoryInventory, read: Read, people: MemoryPeople): Questions {
  return {
    print: (request) =>
      read(() => {
        people.printed.push(request);
        return { file: request.to, shown: true };
      }),
    property: () => read(() => propertyInfo(open())),
    grid: ({ from, nights }) => read(() => gridBytes(open(), dayOf(from), nights)),
    changes: ({ since }) => read(() => changesSince(open(), since)),
    charts: ({ from, nights }) => read(() => charts(open(), dayOf(from), nights)),
    cell: ({ room_type, night }) => read(() => cellPanel(open(), room_type, night)),
    day_sheet: ({ night }) => read(() => daySheet(open(), night)),
    reservation: ({ id }) => read(() => reservationCard(open(), id)),
    find_reservations: ({ text, limit }) => read(() => findReservations(open(), text, limit)),
    // The memory keeps no past: a cell is as it is now.
    cell_at: ({ room_type, night }) => read(() => cellPanel(open(), room_type, night)),
  };
}

export function memoryHost(start: MemoryInventory | OpenState, nowMs: () => number = Date.now): MemoryHost {
  let inventory = start instanceof MemoryInventory ? start : undefined;
  const people = new MemoryPeople();
  const office = new MemoryOffice();
  const centreKnown = new MemoryCentre();
  const listeners: Listeners = { changed: new Set(), progress: new Set(), open_state: new Set() };
  const emit = <E extends keyof HostEvents>(event: E, payload: HostEvents[E]) =>
    listeners[event].forEach((hear) => hear(payload));
  const open = (): MemoryInventory => {
    if (!inventory) throw new Error("no hotel is open");
    inventory.sweep();
    return inventory;
  };
  const ready = (): OpenState => ({ state: "ready", property: propertyInfo(open()) });
  // A read that is refused rejects with the refusal's code and sentence, as the program's does.
  const read = async <T>(answer: () => T): Promise<T> => {
    try {
      return answer();
    } catch (thrown) {
      if (!(thrown instanceof Refusing)) throw thrown;
      throw { ...thrown.refusal, request_id: crypto.randomUUID() };
    }
  };
  return {
    people,
    office,
    centreKnown,
    ...centreHost(centreKnown, read),
    ...officeHost(office, read),
    ...shell,
    ...peopleHost(people, open, read),
    get inventory() {
      return inventory;
    },
    elsewhere(change) {
      change(open());
      emit("changed", { head: open().head });
    },
    emit,
    open_state: () =>
      read(() => {
        if (!inventory) return start as OpenState;
        const door = people.state(inventory.info.name).state;
        return door === "sign_in" || door === "locked" ? { state: "sign_in", sample: true } : ready();
      }),
    open_sample: () =>
      read(() => {
        inventory = sampleInventory(nowMs);
        return ready();
      }),
    create_property: (request: NewProperty) =>
      read(() => {
        inventory = new MemoryInventory(request, nowMs);
        const ids = { command_id: crypto.randomUUID(), request_id: crypto.randomUUID() };
        return { ...ids, head: inventory.head, ok: true, text: `${request.name} is open`, undoable: false };
      }),
    ...questions(open, read, people),
    ...absent(() => open().businessDate),
    execute: (request) =>
      read(() => {
        const answer = execute(open(), request);
        emit("changed", { head: answer.head });
        return answer;
      }),
    listen: async (event, hear): Promise<Unlisten> => {
      (listeners[event] as Set<typeof hear>).add(hear);
      return () => void (listeners[event] as Set<typeof hear>).delete(hear);
    },
  };
}

/** The host of `npm run dev` in a browser; `?state=choose|loading|failed` shows the states before the grid. */
export function memoryHostFor(params: URLSearchParams): MemoryHost {
  switch (params.get("state")) {
    case "choose":
      return memoryHost({ state: "choose" });
    case "loading":
      return memoryHost({ state: "loading", done: 23_480, total: 40_060, text: "Loading bookings" });
    case "failed":
      return memoryHost({
        state: "failed",
        newer: false,
        message: "The file is not a Keyrack database.",
        file: "keyrack/hotel.db",
      });
    default:
      return memoryHost(sampleInventory(Date.now));
  }
}
