// The centre of the hotel in memory: none, until a test gives it one.
import type { Answer, CentreView, InboxItem, Sister, TakeRequest, WalkRequest } from "../bindings";
import type { Host } from "../host";
import { refuse } from "./refusal";

type Asks = Pick<
  Host,
  | "centre"
  | "inbox"
  | "answer_inbox"
  | "take_alternative"
  | "discard_parked"
  | "sisters"
  | "walk"
  | "try_centre"
  | "enrol"
  | "join_centre"
>;
type Read = <T>(answer: () => T) => Promise<T>;

/** What is known of the centre; tests look at it and change it. */
export class MemoryCentre {
  view: CentreView | null = null;
  inbox: InboxItem[] = [];
  /** What was taken instead; where this says so, it is refused. */
  taken: TakeRequest[] = [];
  full = false;
  tried = 0;
  /** Where guests may be walked to, and who was; where this says so, nobody is taken. */
  sisters: Sister[] = [];
  walks: WalkRequest[] = [];
  houseFull = false;
  discarded: { id: string; reason: string }[] = [];
}

export function centreHost(centre: MemoryCentre, read: Read): Asks {
  const unread = () => centre.inbox.filter(({ answered }) => answered === undefined);
  return {
    centre: () =>
      read(() => {
        const { view } = centre;
        return view && { ...view, status: { ...view.status, inbox: unread().length } };
      }),
    inbox: ({ all }) => read(() => (all ? [...centre.inbox] : unread())),
    answer_inbox: ({ id }) =>
      read(() => {
        const item = centre.inbox.find((each) => each.id === id);
        if (!item) return refuse("unknown_item", `There is no item ${id}.`);
        item.answered = "2017-06-01T08:00:00.000Z";
        item.answered_by = "admin";
        return { ok: true, id };
      }),
    take_alternative: (request) =>
      read(() => {
        const head = { command_id: request.command_id, request_id: "r", head: 0 };
        const item = centre.inbox.find((each) => each.id === request.id);
        if (centre.full)
          return { ...head, ok: false, error: { code: "no_availability", message: "No room is left." } };
        centre.taken.push(request);
        if (item) item.answered = "2017-06-01T08:00:00.000Z";
        return { ...head, ok: true, text: "Booking A2", undoable: false } as Answer;
      }),
    discard_parked: ({ id, reason }) =>
      read(() => {
        const row = centre.view?.parked.find((each) => each.id === id);
        if (!centre.view || !row) return refuse("unknown_parked", `Nothing of ${id} is parked.`);
        centre.discarded.push({ id, reason });
        centre.view = { ...centre.view, parked: centre.view.parked.filter((each) => each !== row) };
        return row;
      }),
    sisters: () =>
      read(() => {
        if (centre.view?.status.reach === "offline") refuse("unreachable", "The centre does not answer.");
        return { from: "2017-06-02", to: "2017-06-04", rooms: 1, sisters: centre.sisters };
      }),
    walk: (request) =>
      read(() => {
        centre.walks.push(request);
        const head = { id: request.command_id, reservation: request.id, to: request.to };
        return centre.houseFull
          ? { ...head, ok: false, state: "refused", message: `${request.to} does not take ${request.id}.` }
          : { ...head, ok: true, state: "walked", made: "Z1", message: `${request.id} is walked.` };
      }),
    try_centre: () =>
      read(() => {
        centre.tried++;
        if (centre.view?.status.reach === "offline") refuse("unreachable", "The centre does not answer.");
        return { ok: true, pushed: 0, entries: 0, corrections: 0, cursor: 0 };
      }),
    enrol: () => read(() => refuse("unreachable", "The centre does not answer.")),
    join_centre: () => read(() => refuse("unreachable", "The centre does not answer.")),
  };
}
