// Generated from the desk's Rust types by `make bindings`. Do not edit.

/** A civil date, "YYYY-MM-DD"; as a night, the one that begins on it. */
export type CivilDate = string;
/** An instant, RFC 3339, UTC. */
export type Instant = string;
export type RoomTypeCode = string;
export type Uuid = string;
export type StayStatus =
  | "waitlisted"
  | "tentative"
  | "needs_confirmation"
  | "confirmed"
  | "checked_in"
  | "checked_out"
  | "cancelled"
  | "no_show";
export type Transition =
  | "offer"
  | "confirm"
  | "check_in"
  | "check_out"
  | "reverse_check_in"
  | "reverse_check_out"
  | "cancel"
  | "no_show"
  | "reinstate";
/** Conditions under which a night is not sold; what is absent is off. */
export type Restrictions = {
  stop_sell?: boolean;
  closed_to_arrival?: boolean;
  closed_to_departure?: boolean;
  min_stay?: number;
  max_stay?: number;
};
export type AllotmentKind = "elastic" | "non_elastic" | "committed" | "tentative";
export type AllotmentStatus = "open" | "released" | "cancelled";
export type HoldStatus = "active" | "released" | "converted" | "expired";
export type ReasonCode =
  "guest" | "no_payment" | "duplicate" | "overbooked" | "agent" | "weather" | "error" | "other";
/** A rule said no: a code, its facts, and a sentence. */
export interface Refusal {
  code: string;
  message: string;
  room_type?: RoomTypeCode | "house";
  night?: CivilDate;
  required?: number;
  available?: number;
  alternatives?: Alternative[];
  from?: string;
  to?: string;
  allowed?: string[];
  [fact: string]: unknown;
}
/** Where the same rooms could be had. */
export interface Alternative {
  room_type: RoomTypeCode;
  arrival: CivilDate;
  departure: CivilDate;
  available: number;
  overbooked?: number;
}
/** What may be done with a stay. */
export type StayAction = Transition | "amend" | "split" | "move" | "give_room" | "set_details";
/**
 * A command with what belongs to its caller.
 */
export type CommandRequest = {
  /**
   * Made by the caller, a UUIDv7; the same id again gives the same outcome again.
   */
  command_id: Uuid;
  /**
   * The version that the caller saw.
   */
  if_version?: number;
  /**
   * Why conditions are overridden.
   */
  override_reason?: string;
  /**
   * What shall be done.
   */
  command: Command;
};
/**
 * What can be done.
 */
export type Command =
  | ({ kind: "reserve" } & NewReservation)
  | ({ kind: "confirm" } & Steps)
  | ({ kind: "check_in" } & Steps)
  | ({ kind: "check_out" } & Steps)
  | ({ kind: "reverse_check_in" } & Steps)
  | ({ kind: "reverse_check_out" } & Steps)
  | ({ kind: "cancel" } & Steps)
  | ({ kind: "no_show" } & Steps)
  | ({ kind: "reinstate" } & Steps)
  | {
      kind: "amend";
      /**
       * The reservation, or one stay.
       */
      id: string;
      /**
       * What it shall have.
       */
      stays: Array<StayRequest>;
    }
  | {
      kind: "split";
      /**
       * The reservation.
       */
      id: string;
      /**
       * The stay's number.
       */
      stay: number;
    }
  | {
      kind: "move_night";
      /**
       * The reservation.
       */
      id: string;
      /**
       * The stay's number.
       */
      stay: number;
      /**
       * The night.
       */
      night: CivilDate;
      /**
       * The type that takes it.
       */
      room_type: RoomTypeCode;
    }
  | {
      kind: "give_room";
      /**
       * The reservation, or one stay.
       */
      id: string;
      /**
       * The number on the door.
       */
      room: string;
    }
  | ({ kind: "set_details" } & NewDetails)
  | {
      kind: "place_hold";
      /**
       * What is kept.
       */
      stays: Array<StayRequest>;
      /**
       * For how long, 1 to 60; 10 where not given.
       */
      minutes?: number;
      /**
       * For whom or what.
       */
      reference?: string;
    }
  | {
      kind: "extend_hold";
      /**
       * The hold.
       */
      id: string;
      /**
       * For how long, 1 to 60; 10 where not given.
       */
      minutes?: number;
    }
  | {
      kind: "convert_hold";
      /**
       * The hold.
       */
      id: string;
      /**
       * Who comes.
       */
      guest: Guest;
    }
  | {
      kind: "release_hold";
      /**
       * The hold.
       */
      id: string;
    }
  | ({ kind: "add_outage" } & NewOutage)
  | {
      kind: "end_outage";
      /**
       * The outage.
       */
      id: string;
      /**
       * The first night on which they are back; today where not given.
       */
      on?: CivilDate;
    }
  | ({ kind: "set_limits" } & NewLimits)
  | {
      kind: "open_nights";
      /**
       * The first night.
       */
      from: CivilDate;
      /**
       * The night after the last.
       */
      to: CivilDate;
    }
  | ({ kind: "add_room_type" } & NewRoomType)
  | {
      kind: "rename_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
      /**
       * The new name.
       */
      name: string;
    }
  | {
      kind: "rank_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
      /**
       * The new rank.
       */
      rank: number;
    }
  | {
      kind: "sell_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
    }
  | {
      kind: "stop_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
    }
  | {
      kind: "reactivate_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
    }
  | {
      kind: "retire_room_type";
      /**
       * The type.
       */
      code: RoomTypeCode;
      /**
       * The first night without it; the business date where not given.
       */
      from?: CivilDate;
    }
  | ({ kind: "open_allotment" } & NewAllotment)
  | ({ kind: "change_allotment" } & AllotmentChange)
  | {
      kind: "release_allotment";
      /**
       * The allotment.
       */
      id: string;
    }
  | {
      kind: "cancel_allotment";
      /**
       * The allotment.
       */
      id: string;
    }
  | ({ kind: "return_pick_up" } & Steps)
  | {
      kind: "offer_waitlist";
      /**
       * Whom; the oldest who fits where not given.
       */
      id?: string;
      /**
       * Until when; the day after the business date where not given.
       */
      option_until?: CivilDate;
    }
  | ({ kind: "leave_waitlist" } & Steps)
  | {
      kind: "keep_arrivals";
      /**
       * Who.
       */
      ids: Array<string>;
    }
  | {
      kind: "undo";
      /**
       * Which; the last one of one's own where not given.
       */
      command?: string;
    };
/**
 * Rooms of one type over a range of nights.
 */
export type StayRequest = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The night of arrival.
   */
  arrival: CivilDate;
  /**
   * The date of departure.
   */
  departure: CivilDate;
  /**
   * Rooms, 1 to 500.
   */
  rooms: number;
};
/**
 * Who comes.
 */
export type Guest = {
  /**
   * Name, 1 to 200 characters.
   */
  name: string;
  /**
   * Phone.
   */
  phone?: string;
  /**
   * E-mail.
   */
  email?: string;
};
/**
 * The price of a type.
 */
export type Price = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * A night, in minor units.
   */
  amount: number;
  /**
   * What it costs the hotel a night, in minor units.
   */
  cost?: number;
};
/**
 * Why.
 */
export type ReasonGiven = {
  /**
   * The code.
   */
  code: ReasonCode;
  /**
   * In words.
   */
  text?: string;
};
/**
 * The room of one that a list names.
 */
export type RoomFor = {
  /**
   * As the list names it.
   */
  id: string;
  /**
   * The number on the door.
   */
  room: string;
};
/**
 * A new reservation.
 */
export type NewReservation = {
  /**
   * What is booked.
   */
  stays: Array<StayRequest>;
  /**
   * Who comes.
   */
  guest: Guest;
  /**
   * Adults; 2 where not given.
   */
  adults?: number;
  /**
   * Children.
   */
  children?: number;
  /**
   * Prices by type.
   */
  prices?: Array<Price>;
  /**
   * Where the booking came from.
   */
  source?: string;
  /**
   * Its number in another system.
   */
  external_number?: string;
  /**
   * Meal plan.
   */
  meal?: string;
  /**
   * Notes.
   */
  notes?: string;
  /**
   * The guarantee, in words.
   */
  guarantee?: string;
  /**
   * Take it as tentative.
   */
  tentative?: boolean;
  /**
   * The last date of a tentative booking.
   */
  option_until?: CivilDate;
  /**
   * The hold that becomes it.
   */
  hold?: string;
  /**
   * The allotment from which it is picked up.
   */
  allotment?: string;
  /**
   * Check in at once.
   */
  walk_in?: boolean;
  /**
   * The room of a walk-in of one room.
   */
  room?: string;
  /**
   * Wait for a room.
   */
  waitlist?: boolean;
};
/**
 * A new allotment.
 */
export type NewAllotment = {
  /**
   * Its name.
   */
  name: string;
  /**
   * What it promises.
   */
  allotment_kind: AllotmentKind;
  /**
   * Its rooms.
   */
  stays: Array<StayRequest>;
  /**
   * The last business date on which it keeps its rooms.
   */
  cut_off?: CivilDate;
  /**
   * Nights before and after within which an elastic one may be picked up; 0 where not given.
   */
  shoulder?: number;
};
/**
 * What of an allotment shall change; what is not given stays.
 */
export type AllotmentChange = {
  /**
   * The allotment.
   */
  id: string;
  /**
   * Its rooms, all of them.
   */
  stays?: Array<StayRequest>;
  /**
   * The last business date on which it keeps its rooms.
   */
  cut_off?: CivilDate;
  /**
   * Nights before and after within which an elastic one may be picked up.
   */
  shoulder?: number;
};
/**
 * A step for several reservations or stays.
 */
export type Steps = {
  /**
   * Which: `A12`, `A12/2`, or by id.
   */
  ids: Array<string>;
  /**
   * The room given at check-in.
   */
  room?: string;
  /**
   * The rooms given at the check-in of several, each to its own.
   */
  rooms?: Array<RoomFor>;
  /**
   * Why.
   */
  reason?: ReasonGiven;
};
/**
 * What shall be known of a booking beside its stays; what is left out stays as it is, and a text that is empty is
 * taken away.
 */
export type NewDetails = {
  /**
   * The reservation.
   */
  id: string;
  /**
   * Who comes, whole.
   */
  guest?: Guest;
  /**
   * Adults; given with the children, or not at all.
   */
  adults?: number;
  /**
   * Children; given with the adults, or not at all.
   */
  children?: number;
  /**
   * Meal plan, a word.
   */
  meal?: string;
  /**
   * The guarantee, in words.
   */
  guarantee?: string;
  /**
   * Notes.
   */
  notes?: string;
};
/**
 * A new outage.
 */
export type NewOutage = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * The first night on which the rooms are back.
   */
  back_on: CivilDate;
  /**
   * Rooms.
   */
  rooms: number;
  /**
   * Out of service: noted, deducts nothing.
   */
  service?: boolean;
  /**
   * Why.
   */
  reason: string;
  /**
   * The room's number on the door.
   */
  room?: string;
};
/**
 * Limits over a range of nights.
 */
export type NewLimits = {
  /**
   * The type; the house where not given.
   */
  room_type?: RoomTypeCode;
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * The night after the last.
   */
  to: CivilDate;
  /**
   * Rooms that may be sold beyond the house; negative keeps rooms back.
   */
  overbooking?: number;
  /**
   * Take the house's own overbooking limit away: the types alone decide again.
   */
  no_overbooking?: boolean;
  /**
   * Rooms that exist.
   */
  physical?: number;
  /**
   * Whether nothing is sold.
   */
  stop_sell?: boolean;
  /**
   * Whether nobody new arrives.
   */
  closed_to_arrival?: boolean;
  /**
   * Whether nobody new departs.
   */
  closed_to_departure?: boolean;
  /**
   * The fewest nights of who arrives, 1 to 366; 0 takes it away.
   */
  min_stay?: number;
  /**
   * The most nights of who arrives, 1 to 366; 0 takes it away.
   */
  max_stay?: number;
};
/**
 * A new room type.
 */
export type NewRoomType = {
  /**
   * Its code.
   */
  code: RoomTypeCode;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its rank; above all others where not given.
   */
  rank?: number;
  /**
   * Rooms.
   */
  rooms: number;
  /**
   * Overbooking limit; 0 where not given.
   */
  overbooking?: number;
};
/**
 * A new hotel, as typed into the window; PROPERTY.toml has the same fields.
 */
export type NewProperty = {
  /**
   * Its name.
   */
  name: string;
  /**
   * Its short code.
   */
  code: string;
  /**
   * IANA time zone.
   */
  time_zone: string;
  /**
   * ISO 4217 currency.
   */
  currency: string;
  /**
   * The hotel's own date.
   */
  business_date: CivilDate;
  /**
   * Whether tentative bookings take rooms; true where not given.
   */
  tentative_takes_inventory?: boolean;
  /**
   * Its room types.
   */
  room_types: Array<PropertyRoomType>;
};
/**
 * A room type of a new hotel.
 */
export type PropertyRoomType = {
  /**
   * Its code.
   */
  code: RoomTypeCode;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its rank; its place in the list where not given.
   */
  rank?: number;
  /**
   * Rooms, 0 to 1,000,000.
   */
  rooms: number;
  /**
   * Overbooking limit; 0 where not given.
   */
  overbooking?: number;
};
/**
 * Which cells the window wants.
 */
export type GridRequest = {
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * How many.
   */
  nights: number;
};
/**
 * From where on changes are wanted.
 */
export type ChangesRequest = {
  /**
   * The number of the last event that the window has seen.
   */
  since: number;
  /**
   * The property's generation when it was read; another one means that counts were written anew.
   */
  generation?: number;
};
/**
 * Which cell is to be explained.
 */
export type CellRequest = {
  /**
   * The type, or "house".
   */
  room_type: RoomTypeCode | "house";
  /**
   * The night.
   */
  night: CivilDate;
};
/**
 * Which cell is to be explained as it was.
 */
export type CellAtRequest = {
  /**
   * The type, or "house".
   */
  room_type: RoomTypeCode | "house";
  /**
   * The night.
   */
  night: CivilDate;
  /**
   * The instant.
   */
  at: Instant;
};
/**
 * Of which nights the figures are drawn.
 */
export type ChartsRequest = {
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * How many, up to two years.
   */
  nights: number;
};
/**
 * Which day's sheet is wanted.
 */
export type DaySheetRequest = {
  /**
   * The night.
   */
  night: CivilDate;
};
/**
 * Which reservation is wanted.
 */
export type ReservationRequest = {
  /**
   * By id or number.
   */
  id: string;
};
/**
 * What is looked for.
 */
export type FindRequest = {
  /**
   * Part of a name, or a number.
   */
  text: string;
  /**
   * At most so many.
   */
  limit: number;
};
/**
 * The answer to a command.
 */
export type Answer = {
  /**
   * The command's id.
   */
  command_id: Uuid;
  /**
   * Names this request in logs.
   */
  request_id: Uuid;
  /**
   * The same command had been done before: this is its stored outcome.
   */
  repeated?: boolean;
  /**
   * The number of the last event in the file.
   */
  head: number;
} & (Accepted | RefusedBody);
/**
 * What came of a command.
 */
export type AnswerBody = Accepted | RefusedBody;
/**
 * A command that was done.
 */
export type Accepted = {
  /**
   * Always true.
   */
  ok: true;
  /**
   * What was done, in a few words.
   */
  text: string;
  /**
   * Whether it can be undone.
   */
  undoable: boolean;
  /**
   * The reservation that was made or changed.
   */
  reservation?: ReservationRef;
  /**
   * The hold that was placed or changed.
   */
  hold?: HoldRef;
  /**
   * The outage that was placed or changed.
   */
  outage?: OutageRef;
  /**
   * What of the hold was not booked, and goes back to the house.
   */
  let_go?: Array<StayRequest>;
  /**
   * Whom the outage hits, where fewer rooms are left than are promised.
   */
  hit?: OutageHit;
  /**
   * The allotment that was opened, changed or ended.
   */
  allotment?: AllotmentRef;
  /**
   * The business date now, where it moved on.
   */
  business_date?: CivilDate;
  /**
   * The room type that was added or changed.
   */
  room_type?: RoomTypeCode;
  /**
   * How many cells were opened.
   */
  opened?: number;
  /**
   * The centre is asked, and nothing is changed here until it has answered.
   */
  asked?: boolean;
  /**
   * Why the centre has no rooms for what was asked, which stays a request.
   */
  declined?: Refusal;
  /**
   * The command that was undone.
   */
  undone?: Uuid;
  /**
   * Of several objects, those that were done.
   */
  done?: Array<string>;
  /**
   * Of several objects, those that were refused.
   */
  failed?: Array<FailedOne>;
};
/**
 * A command that was refused.
 */
export type RefusedBody = {
  /**
   * Always false.
   */
  ok: false;
  /**
   * Why.
   */
  error: Refusal;
};
/**
 * One of several objects that was refused.
 */
export type FailedOne = {
  /**
   * As it was named.
   */
  id: string;
  /**
   * Why.
   */
  error: Refusal;
};
/**
 * A reservation by name.
 */
export type ReservationRef = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * Where it stands.
   */
  status: StayStatus;
};
/**
 * A hold by name.
 */
export type HoldRef = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * Until when.
   */
  expires_at: Instant;
};
/**
 * Whom an outage hits.
 */
export type OutageHit = {
  /**
   * Rooms that are missing on the worst night.
   */
  overbooked_by: number;
  /**
   * That night.
   */
  night: CivilDate;
  /**
   * How many stays have a night on which rooms are missing.
   */
  count: number;
  /**
   * Those stays, by arrival: the first fifty.
   */
  stays: Array<SheetRow>;
};
/**
 * An outage by name.
 */
export type OutageRef = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
};
/**
 * An allotment by name.
 */
export type AllotmentRef = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
};
/**
 * An allotment in a list.
 */
export type AllotmentRow = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * How many changes it has seen, pick-ups included.
   */
  version: number;
  /**
   * Its name.
   */
  name?: string;
  /**
   * What it promises.
   */
  allotment_kind: AllotmentKind;
  /**
   * Where it stands.
   */
  status: AllotmentStatus;
  /**
   * Its rooms, as they were agreed.
   */
  stays: Array<StayRequest>;
  /**
   * The last business date on which it keeps its rooms.
   */
  cut_off?: CivilDate;
  /**
   * Nights before and after within which an elastic one may be picked up.
   */
  shoulder: number;
  /**
   * Room nights of it.
   */
  total: number;
  /**
   * Room nights picked up.
   */
  picked_up: number;
  /**
   * Room nights that it keeps back now.
   */
  kept_back: number;
};
/**
 * One type on one night of an allotment.
 */
export type AllotmentNight = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The night.
   */
  night: CivilDate;
  /**
   * Rooms.
   */
  total: number;
  /**
   * Of those, picked up; more than there are where an elastic one was stretched.
   */
  picked_up: number;
  /**
   * Rooms that it keeps back.
   */
  kept_back: number;
};
/**
 * An allotment, whole.
 */
export type AllotmentCard = {
  /**
   * Night by night.
   */
  nights: Array<AllotmentNight>;
  /**
   * The stays that were picked up.
   */
  picked_up_by: Array<SheetRow>;
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * How many changes it has seen, pick-ups included.
   */
  version: number;
  /**
   * Its name.
   */
  name?: string;
  /**
   * What it promises.
   */
  allotment_kind: AllotmentKind;
  /**
   * Where it stands.
   */
  status: AllotmentStatus;
  /**
   * Its rooms, as they were agreed.
   */
  stays: Array<StayRequest>;
  /**
   * The last business date on which it keeps its rooms.
   */
  cut_off?: CivilDate;
  /**
   * Nights before and after within which an elastic one may be picked up.
   */
  shoulder: number;
  /**
   * Room nights of it.
   */
  total: number;
  /**
   * Room nights picked up.
   */
  picked_up: number;
  /**
   * Room nights that it keeps back now.
   */
  kept_back: number;
};
/**
 * A stay that waits.
 */
export type WaitingRow = {
  /**
   * Whether its reservation could be offered its rooms now.
   */
  fits: boolean;
  /**
   * The reservation.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * The stay's number in it.
   */
  stay: number;
  /**
   * How many stays it has.
   */
  stays: number;
  /**
   * The guest's name.
   */
  guest: string;
  /**
   * The type sold.
   */
  room_type: RoomTypeCode;
  /**
   * The type assigned, where it is another one.
   */
  assigned?: RoomTypeCode;
  /**
   * The room.
   */
  room?: string;
  /**
   * From.
   */
  arrival: CivilDate;
  /**
   * To.
   */
  departure: CivilDate;
  /**
   * Nights.
   */
  nights: number;
  /**
   * Adults.
   */
  adults: number;
  /**
   * Children.
   */
  children: number;
  /**
   * Meal plan.
   */
  meal?: string;
  /**
   * Where it came from.
   */
  source?: string;
  /**
   * Where it stands.
   */
  status: StayStatus;
  /**
   * A night, in minor units.
   */
  price?: number;
};
/**
 * What something that is due may become.
 */
export type DueDecision =
  "check_out" | "stay_on" | "check_in" | "keep" | "no_show" | "confirm" | "cancel" | "cut_off";
/**
 * Why something is due.
 */
export type DueKind =
  | "overdue_departure"
  | "arrival_not_in"
  | "arrival_over"
  | "needs_confirmation"
  | "option_due"
  | "waited_in_vain"
  | "allotment_due";
/**
 * Something that must be decided before the business date can end.
 */
export type DueItem = {
  /**
   * A stay, `A12/1`, or an allotment, `A-G3`.
   */
  id: string;
  /**
   * Why.
   */
  due: DueKind;
  /**
   * What it may become.
   */
  choices: Array<DueDecision>;
  /**
   * What it becomes where nothing else is said; nothing where somebody must say.
   */
  decision?: DueDecision;
  /**
   * The stay.
   */
  stay?: SheetRow;
  /**
   * The allotment.
   */
  allotment?: AllotmentRow;
};
/**
 * What must be decided before a business date can end.
 */
export type DueItems = {
  /**
   * The business date.
   */
  business_date: CivilDate;
  /**
   * Whether it can end now: nothing is left to be said, and it has begun or ends early with a reason.
   */
  ready: boolean;
  /**
   * The date by the hotel's clock, where the business date has not begun by it, or is of today and
   * the date before ended within twelve hours: it ends only with a reason.
   */
  local_date?: CivilDate;
  /**
   * What is due.
   */
  items: Array<DueItem>;
};
/**
 * Something that was decided.
 */
export type Decided = {
  /**
   * A stay or an allotment.
   */
  id: string;
  /**
   * What became of it.
   */
  decision: DueDecision;
};
/**
 * A business date that has ended.
 */
export type DayEnded = {
  /**
   * It had ended before: this is what came of it then.
   */
  repeated?: boolean;
  /**
   * The date that ended.
   */
  ended: CivilDate;
  /**
   * The business date now.
   */
  business_date: CivilDate;
  /**
   * What was decided, by the names of what it was about.
   */
  decided: Array<Decided>;
  /**
   * How many cells were opened.
   */
  opened: number;
  /**
   * The folder of its audit pack, where that is made.
   */
  pack?: string;
};
/**
 * Which allotments are wanted.
 */
export type AllotmentsRequest = {
  /**
   * Ended ones too.
   */
  all: boolean;
};
/**
 * Which allotment is wanted.
 */
export type AllotmentRequest = {
  /**
   * By id or number.
   */
  id: string;
};
/**
 * What is said of things that are due at the end of the business date.
 */
export type DueRequest = {
  /**
   * By their names: `A12/1`, `A-G3`. What is not named becomes what the settings say.
   */
  decisions: Record<string, DueDecision>;
};
/**
 * How the business date is to end.
 */
export type EndOfDayRequest = {
  /**
   * Made by the caller, a UUIDv7; the same again ends no second day.
   */
  command_id: Uuid;
  /**
   * What is said of things that are due, by their names.
   */
  decisions: Record<string, DueDecision>;
  /**
   * Why it ends before it has begun by the hotel's clock.
   */
  override_reason?: string;
};
/**
 * The hotel and its room types.
 */
export type PropertyInfo = {
  /**
   * Its name.
   */
  name: string;
  /**
   * Its short code.
   */
  code: string;
  /**
   * IANA time zone.
   */
  time_zone: string;
  /**
   * ISO 4217 currency.
   */
  currency: string;
  /**
   * Digits of the currency's minor unit.
   */
  currency_digits: number;
  /**
   * The hotel's own date.
   */
  business_date: CivilDate;
  /**
   * The first open night.
   */
  open_from: CivilDate;
  /**
   * The night after the last open one.
   */
  open_to: CivilDate;
  /**
   * Its types in ascending rank.
   */
  room_types: Array<RoomTypeInfo>;
  /**
   * Where the file is.
   */
  file: string;
  /**
   * Whether this is the sample hotel.
   */
  sample: boolean;
  /**
   * The number of the last event.
   */
  head: number;
  /**
   * Rises when the property changes, or the counts are written anew.
   */
  generation: number;
  /**
   * Who is working here.
   */
  actor: string;
  /**
   * What Undo would undo.
   */
  last_undo?: UndoInfo;
};
/**
 * What Undo would undo.
 */
export type UndoInfo = {
  /**
   * The command.
   */
  command_id: Uuid;
  /**
   * In a few words.
   */
  text: string;
};
/**
 * A room type.
 */
export type RoomTypeInfo = {
  /**
   * Its code.
   */
  code: RoomTypeCode;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its rank.
   */
  rank: number;
  /**
   * Rooms with which new nights open.
   */
  rooms: number;
  /**
   * Overbooking with which new nights open.
   */
  overbooking: number;
  /**
   * Where it stands in its life.
   */
  status: "draft" | "on_sale" | "stopped" | "retired";
  /**
   * The first night without it.
   */
  retired_from?: CivilDate;
};
/**
 * Every count of a cell.
 */
export type CellCounts = {
  /**
   * Rooms that exist.
   */
  physical: number;
  /**
   * Rooms out of order.
   */
  out_of_order: number;
  /**
   * Rooms sold.
   */
  sold: number;
  /**
   * Rooms held.
   */
  held: number;
  /**
   * Rooms kept for groups.
   */
  blocked: number;
  /**
   * Rooms that may be sold beyond the house.
   */
  overbooking: number;
  /**
   * Real rooms left, signed.
   */
  rooms_left: number;
  /**
   * With overbooking, signed.
   */
  free: number;
  /**
   * What may be sold; nothing of a type that is not sold on the night.
   */
  available: number;
  /**
   * The same under the conditions: 0 where the night is closed for sale, in the type or in the whole house.
   */
  may_be_sold: number;
  /**
   * Conditions under which it is not sold, where there are any.
   */
  restrictions?: Restrictions;
  /**
   * How many changes it has seen.
   */
  version: number;
};
/**
 * What changed since an event.
 */
export type Changes = {
  /**
   * The event that was asked from.
   */
  since: number;
  /**
   * The number of the last event.
   */
  head: number;
  /**
   * Too much changed to be listed: read the range again.
   */
  reread: boolean;
  /**
   * The property or a room type changed.
   */
  catalogue: boolean;
  /**
   * Cells as they are now.
   */
  cells: Array<CellPatch>;
  /**
   * Dates as they are now.
   */
  days: Array<DayPatch>;
};
/**
 * A cell as it is now.
 */
export type CellPatch = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The night, in days since 1970-01-01.
   */
  night: number;
  /**
   * Rooms that exist.
   */
  physical: number;
  /**
   * Rooms out of order.
   */
  out_of_order: number;
  /**
   * Rooms sold.
   */
  sold: number;
  /**
   * Rooms held.
   */
  held: number;
  /**
   * Rooms kept for groups.
   */
  blocked: number;
  /**
   * Rooms that may be sold beyond the house.
   */
  overbooking: number;
  /**
   * Bit 0: open. Bit 1: not on sale.
   */
  flags: number;
  /**
   * Bit 0 stop-sell, 1 closed to arrival, 2 closed to departure; from bit 8 the minimum and from
   * bit 20 the maximum stay.
   */
  restrictions: number;
  /**
   * Rooms of open allotments.
   */
  group_rooms: number;
  /**
   * Of those, picked up.
   */
  group_picked_up: number;
  /**
   * How many changes it has seen.
   */
  version: number;
};
/**
 * A date as it is now.
 */
export type DayPatch = {
  /**
   * The night, in days since 1970-01-01.
   */
  night: number;
  /**
   * Stays that arrive.
   */
  arrivals: number;
  /**
   * Stays that leave.
   */
  departures: number;
  /**
   * Rooms in the house that stay over.
   */
  in_house: number;
  /**
   * Stays without a night.
   */
  day_use: number;
  /**
   * Restrictions of the whole house, packed as those of a cell.
   */
  house_restrictions: number;
  /**
   * The house's own limit.
   */
  house_overbooking?: number;
};
/**
 * A cell, explained.
 */
export type CellPanel = {
  /**
   * The type, or the house.
   */
  room_type: RoomTypeCode | "house";
  /**
   * The night.
   */
  night: CivilDate;
  /**
   * Its counts.
   */
  counts: CellCounts;
  /**
   * Guests without a bed if all come.
   */
  walk_risk: number;
  /**
   * Rooms that this desk may sell without its centre, where it has one.
   */
  safe_offline?: number;
  /**
   * When the next hold on it ends.
   */
  next_hold_expiry?: Instant;
  /**
   * What makes each count.
   */
  lines: Array<ExplainLine>;
  /**
   * Its last changes, the latest first.
   */
  history: Array<HistoryLine>;
  /**
   * Types of higher rank with rooms left.
   */
  upgrades: Array<Upgrade>;
};
/**
 * A type of higher rank with rooms left.
 */
export type Upgrade = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * Real rooms left.
   */
  rooms_left: number;
};
/**
 * One thing that makes a count.
 */
export type ExplainLine = {
  /**
   * Which count.
   */
  count:
    | "physical"
    | "out_of_order"
    | "out_of_service"
    | "sold"
    | "held"
    | "blocked"
    | "overbooking"
    | "restrictions";
  /**
   * What it is.
   */
  kind: "limit" | "stay" | "hold" | "outage" | "allotment";
  /**
   * Its identity.
   */
  id?: string;
  /**
   * Its number.
   */
  number?: string;
  /**
   * The stay's number in its reservation.
   */
  stay?: number;
  /**
   * The type, where the line is of the whole house.
   */
  room_type?: RoomTypeCode;
  /**
   * Rooms that it adds to the count.
   */
  rooms: number;
  /**
   * In a few words.
   */
  text: string;
  /**
   * Who.
   */
  guest?: string;
  /**
   * Where a stay stands.
   */
  status?: StayStatus;
  /**
   * From.
   */
  arrival?: CivilDate;
  /**
   * To.
   */
  departure?: CivilDate;
  /**
   * When a hold ends.
   */
  expires_at?: Instant;
};
/**
 * One thing that happened.
 */
export type HistoryLine = {
  /**
   * The event's number.
   */
  seq: number;
  /**
   * When.
   */
  instant: Instant;
  /**
   * On which business date.
   */
  business_date?: CivilDate;
  /**
   * Who.
   */
  actor: string;
  /**
   * The event's type.
   */
  event: string;
  /**
   * In a few words.
   */
  text: string;
  /**
   * The command.
   */
  command_id: Uuid;
  /**
   * The object's number.
   */
  number?: string;
  /**
   * Why.
   */
  reason?: string;
};
/**
 * What is left of a type.
 */
export type ChartType = {
  /**
   * Its code.
   */
  code: RoomTypeCode;
  /**
   * Its name.
   */
  name: string;
  /**
   * Rooms left, night by night.
   */
  left: Array<number | null>;
};
/**
 * The figures of a range of nights, one of each column for each night. Nothing stands where a night was
 * not open.
 */
export type Charts = {
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * The hotel's own date.
   */
  business_date: CivilDate;
  /**
   * Rooms that can be sold, of the whole house.
   */
  capacity: Array<number>;
  /**
   * Rooms sold.
   */
  sold: Array<number>;
  /**
   * Rooms sold as the date of a week ago began; nothing where the log does not go back so far.
   */
  week_ago: Array<number> | null;
  /**
   * Rooms sold on the night 52 weeks before.
   */
  last_year: Array<number | null>;
  /**
   * Rooms that could be sold on that night.
   */
  last_year_capacity: Array<number | null>;
  /**
   * Rooms of that night that were sold when the date of 52 weeks ago began; empty where the log does
   * not go back so far.
   */
  last_year_then: Array<number | null>;
  /**
   * Stays that arrive.
   */
  arrivals: Array<number>;
  /**
   * Stays that leave.
   */
  departures: Array<number>;
  /**
   * What is left of each type, in ascending rank.
   */
  room_types: Array<ChartType>;
};
/**
 * A day: who comes, goes, stays, and what is held or out.
 */
export type DaySheet = {
  /**
   * The night.
   */
  night: CivilDate;
  /**
   * Who comes.
   */
  arrivals: Array<SheetRow>;
  /**
   * Who goes.
   */
  departures: Array<SheetRow>;
  /**
   * Who stays.
   */
  in_house: Array<SheetRow>;
  /**
   * Holds over the night.
   */
  holds: Array<HoldRow>;
  /**
   * Outages over the night.
   */
  outages: Array<OutageRow>;
};
/**
 * A stay in a list.
 */
export type SheetRow = {
  /**
   * The reservation.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * The stay's number in it.
   */
  stay: number;
  /**
   * How many stays it has.
   */
  stays: number;
  /**
   * The guest's name.
   */
  guest: string;
  /**
   * The type sold.
   */
  room_type: RoomTypeCode;
  /**
   * The type assigned, where it is another one.
   */
  assigned?: RoomTypeCode;
  /**
   * The room.
   */
  room?: string;
  /**
   * From.
   */
  arrival: CivilDate;
  /**
   * To.
   */
  departure: CivilDate;
  /**
   * Nights.
   */
  nights: number;
  /**
   * Adults.
   */
  adults: number;
  /**
   * Children.
   */
  children: number;
  /**
   * Meal plan.
   */
  meal?: string;
  /**
   * Where it came from.
   */
  source?: string;
  /**
   * Where it stands.
   */
  status: StayStatus;
  /**
   * A night, in minor units.
   */
  price?: number;
};
/**
 * A hold in a list.
 */
export type HoldRow = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * For whom or what.
   */
  reference?: string;
  /**
   * Until when.
   */
  expires_at: Instant;
  /**
   * Where it stands.
   */
  status: HoldStatus;
  /**
   * How many changes it has seen.
   */
  version: number;
  /**
   * What it keeps.
   */
  items: Array<StayRequest>;
};
/**
 * An outage in a list.
 */
export type OutageRow = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The first night.
   */
  from: CivilDate;
  /**
   * The first night on which the rooms are back.
   */
  back_on: CivilDate;
  /**
   * Rooms.
   */
  rooms: number;
  /**
   * Out of service.
   */
  service: boolean;
  /**
   * Why.
   */
  reason?: string;
  /**
   * The room.
   */
  room?: string;
};
/**
 * What is charged at one rate.
 */
export type RateAmounts = {
  /**
   * Per cent.
   */
  rate: string;
  /**
   * Without VAT, in minor units.
   */
  net: number;
  /**
   * VAT.
   */
  vat: number;
  /**
   * With VAT.
   */
  gross: number;
};
/**
 * What is charged in all.
 */
export type Amounts = {
  /**
   * Rate by rate, the lowest first.
   */
  by_rate: Array<RateAmounts>;
  /**
   * Without VAT, in minor units.
   */
  net: number;
  /**
   * VAT.
   */
  vat: number;
  /**
   * With VAT.
   */
  gross: number;
  /**
   * What it costs the hotel, where each stay that is charged has a cost.
   */
  cost?: number;
};
/**
 * A reservation, whole.
 */
export type ReservationCard = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its number.
   */
  number: string;
  /**
   * How many changes it has seen.
   */
  version: number;
  /**
   * Derived from its stays.
   */
  status: StayStatus;
  /**
   * Who comes.
   */
  guest: Guest;
  /**
   * Where it came from.
   */
  source?: string;
  /**
   * Its number in another system.
   */
  external_number?: string;
  /**
   * Meal plan.
   */
  meal?: string;
  /**
   * Notes.
   */
  notes?: string;
  /**
   * The guarantee.
   */
  guarantee?: string;
  /**
   * Adults.
   */
  adults: number;
  /**
   * Children.
   */
  children: number;
  /**
   * Further facts by name.
   */
  attributes: Record<string, string>;
  /**
   * When it was made.
   */
  created_at: Instant;
  /**
   * Price of the nights that are charged, in minor units, where each of these stays has one: with VAT in it or
   * without, as prices are given.
   */
  total?: number;
  /**
   * What is charged, with its VAT, where every stay that is charged has a price.
   */
  amounts?: Amounts;
  /**
   * Its stays.
   */
  stays: Array<StayCard>;
  /**
   * What may be done with the whole of it.
   */
  allowed: StayAction[];
  /**
   * What happened, the latest first.
   */
  history: Array<HistoryLine>;
};
/**
 * A stay, whole.
 */
export type StayCard = {
  /**
   * Its number in the reservation.
   */
  stay: number;
  /**
   * The type sold.
   */
  room_type: RoomTypeCode;
  /**
   * From.
   */
  arrival: CivilDate;
  /**
   * To.
   */
  departure: CivilDate;
  /**
   * The first night that an early check-out gave back.
   */
  freed_from?: CivilDate;
  /**
   * Where it stands.
   */
  status: StayStatus;
  /**
   * The room.
   */
  room?: string;
  /**
   * The type assigned.
   */
  assigned?: RoomTypeCode;
  /**
   * A night, in minor units.
   */
  price?: number;
  /**
   * The last date of a tentative stay.
   */
  option_until?: CivilDate;
  /**
   * The group from whose rooms it was picked up.
   */
  allotment?: Uuid;
  /**
   * Nights moved to other types.
   */
  moved: Array<MovedNightInfo>;
  /**
   * Where the guest is booked instead, as `CODE NUMBER`, where he was walked to a sister hotel.
   */
  walked_to?: string;
  /**
   * What may be done with it.
   */
  allowed: StayAction[];
};
/**
 * A night moved to another type.
 */
export type MovedNightInfo = {
  /**
   * The night.
   */
  night: CivilDate;
  /**
   * The type that has it.
   */
  room_type: RoomTypeCode;
};
/**
 * What a member of the staff is.
 */
export type Role = "front_desk" | "night_audit" | "manager" | "admin";
/**
 * Who signs in.
 */
export type SignInRequest = {
  /**
   * The name.
   */
  name: string;
  /**
   * The password.
   */
  password: string;
};
/**
 * How the door stands, for the window's lock screen. It tells nothing of the hotel but its name.
 */
export type LockState =
  | { state: "no_staff" }
  | {
      state: "sign_in";
      /**
       * The hotel's name.
       */
      hotel: string;
    }
  | {
      state: "locked";
      /**
       * The hotel's name.
       */
      hotel: string;
    }
  | {
      state: "in";
      /**
       * Who.
       */
      name: string;
      /**
       * As what.
       */
      role: Role;
      /**
       * What the role may do.
       */
      may: string[];
      /**
       * Until it locks.
       */
      locks_in_seconds: number;
    };
/**
 * A member of the staff, as it crosses.
 */
export type StaffRow = {
  /**
   * Name.
   */
  name: string;
  /**
   * Role.
   */
  role: Role;
  /**
   * Whether they may sign in.
   */
  enabled: boolean;
  /**
   * Since when.
   */
  created_at: Instant;
  /**
   * Since when not any more.
   */
  disabled_at?: Instant;
};
/**
 * A change of the staff.
 */
export type StaffChange =
  | {
      kind: "add";
      /**
       * By which to sign in.
       */
      name: string;
      /**
       * As what.
       */
      role: Role;
      /**
       * The first password.
       */
      password: string;
    }
  | {
      kind: "role";
      /**
       * Whose.
       */
      name: string;
      /**
       * Which.
       */
      role: Role;
    }
  | {
      kind: "disable";
      /**
       * Who.
       */
      name: string;
    }
  | {
      kind: "enable";
      /**
       * Who.
       */
      name: string;
    }
  | {
      kind: "reset";
      /**
       * Whose.
       */
      name: string;
      /**
       * Which.
       */
      password: string;
    };
/**
 * What a role may do, as it crosses.
 */
export type RoleRow = {
  /**
   * The role.
   */
  role: Role;
  /**
   * What it may do.
   */
  may: string[];
};
/**
 * A setting as it crosses.
 */
export type SettingRow = {
  /**
   * Its key.
   */
  key: string;
  /**
   * What it is set to.
   */
  value: number | boolean | string;
  /**
   * What it is where nothing is set.
   */
  default: number | boolean | string;
  /**
   * What it means, in a line.
   */
  meaning: string;
  /**
   * What may be set, in words.
   */
  allowed: string;
  /**
   * The same for whoever draws a field for it.
   */
  holds: Holds;
};
/**
 * What a setting may hold, as it crosses.
 */
export type Holds =
  | {
      type: "number";
      /**
       * The least.
       */
      least: number;
      /**
       * The most.
       */
      most: number;
    }
  | { type: "flag" }
  | {
      type: "word";
      /**
       * All of them.
       */
      words: Array<string>;
    }
  | {
      type: "text";
      /**
       * Characters at most.
       */
      longest: number;
    }
  | { type: "rates" };
/**
 * A setting to be set, with a value as people type it.
 */
export type SettingRequest = {
  /**
   * Its key.
   */
  key: string;
  /**
   * What it shall be.
   */
  value: string;
};
/**
 * Which alerts are wanted.
 */
export type AlertsRequest = {
  /**
   * Closed ones too.
   */
  all: boolean;
};
/**
 * Which alert was seen.
 */
export type AlertRequest = {
  /**
   * Its number.
   */
  id: number;
};
/**
 * An alert as it crosses.
 */
export type AlertRow = {
  /**
   * Its number.
   */
  id: number;
  /**
   * What it is.
   */
  kind: string;
  /**
   * How bad.
   */
  level: string;
  /**
   * Whom it is for.
   */
  audience: string;
  /**
   * What it is about.
   */
  subject: string;
  /**
   * The first night of its run.
   */
  from?: CivilDate;
  /**
   * The night after the last.
   */
  to?: CivilDate;
  /**
   * The figures.
   */
  facts: Record<string, unknown>;
  /**
   * A sentence.
   */
  message: string;
  /**
   * When it was opened.
   */
  opened: Instant;
  /**
   * When something about it changed last.
   */
  changed: Instant;
  /**
   * When it was acknowledged.
   */
  acknowledged: Instant | null;
  /**
   * By whom.
   */
  acknowledged_by: string | null;
  /**
   * When its cause was gone.
   */
  closed: Instant | null;
};
/**
 * How long something took, in milliseconds: upper bounds of the buckets that durations fall into.
 */
export type Latency = {
  /**
   * How often it was measured.
   */
  count: number;
  /**
   * Half took at most this.
   */
  p50: number | null;
  /**
   * 95 in a hundred took at most this.
   */
  p95: number | null;
  /**
   * 99 in a hundred took at most this.
   */
  p99: number | null;
  /**
   * The share that took more than 50 ms, 0 to 1.
   */
  share_over_50_ms: number | null;
};
/**
 * A backup or a verification.
 */
export type Last = {
  /**
   * When.
   */
  instant: Instant;
  /**
   * Hours since.
   */
  age_hours: number;
  /**
   * Whether all was well.
   */
  ok: boolean;
  /**
   * The backup's file name, or the first check that failed.
   */
  about: string | null;
  /**
   * The backup's length in bytes.
   */
  bytes?: number;
};
/**
 * The last hour's commands.
 */
export type Hour = {
  /**
   * Commands of people and scripts.
   */
  attempts: number;
  /**
   * Those that a rule refused.
   */
  refused: number;
  /**
   * By the refusal's code.
   */
  refusals: { [key in string]: number };
  /**
   * Sales that were refused, or ended busy or in a failure.
   */
  failed_sales: number;
};
/**
 * How the desk fares.
 */
export type Health = {
  /**
   * Whether nothing critical is open.
   */
  ok: boolean;
  /**
   * When this was looked at.
   */
  at: Instant;
  /**
   * How long sales took, over the last day.
   */
  sale_latency_ms: Latency;
  /**
   * How long writers waited, over the last day.
   */
  lock_wait_ms: Latency;
  /**
   * Writers that gave up waiting, over the last day.
   */
  busy: number;
  /**
   * The last hour's commands.
   */
  last_hour: Hour;
  /**
   * Open alerts, the worst first.
   */
  alerts: Array<AlertRow>;
  /**
   * The last good backup.
   */
  last_backup: Last | null;
  /**
   * The last verification.
   */
  last_verify: Last | null;
  /**
   * Jobs that failed too often.
   */
  jobs_parked: number;
  /**
   * Jobs that wait or run.
   */
  jobs_open: number;
  /**
   * Bytes of the database.
   */
  file_bytes: number;
  /**
   * Bytes of its log.
   */
  wal_bytes: number;
  /**
   * The version of its schema.
   */
  schema_version: number;
  /**
   * The number of the last event.
   */
  event_head: number;
  /**
   * The version of SQLite.
   */
  sqlite_version: string;
};
/**
 * What the file's own check found, for the window.
 */
export type Verdict = {
  /**
   * Whether all checks passed.
   */
  ok: boolean;
  /**
   * Each check.
   */
  checks: Array<VerdictCheck>;
};
/**
 * One check of the file.
 */
export type VerdictCheck = {
  /**
   * What was checked.
   */
  name: string;
  /**
   * Whether it passed.
   */
  ok: boolean;
  /**
   * The first differences.
   */
  differences: Array<string>;
};
/**
 * Which rows are wanted.
 */
export type AuditRequest = {
  /**
   * Older than this row.
   */
  before?: number;
  /**
   * About this object, by number or name.
   */
  object?: string;
  /**
   * By this actor.
   */
  actor?: string;
  /**
   * Of this kind.
   */
  action?: string;
  /**
   * From this instant on.
   */
  from?: Instant;
  /**
   * Before this instant.
   */
  to?: Instant;
  /**
   * At most so many.
   */
  limit: number;
};
/**
 * An event of a row.
 */
export type AuditEvent = {
  /**
   * Its type.
   */
  kind: string;
  /**
   * Its payload, JSON.
   */
  payload: string;
};
/**
 * A row of the audit trail.
 */
export type AuditRow = {
  /**
   * Its number.
   */
  seq: number;
  /**
   * When.
   */
  instant: Instant;
  /**
   * Who.
   */
  actor: string;
  /**
   * By which permission.
   */
  permission: string;
  /**
   * At which machine.
   */
  desk: string;
  /**
   * What was done.
   */
  what: string;
  /**
   * On what, by number or name.
   */
  object: string;
  /**
   * The same as people read it: a span of nights by its first and its last night.
   */
  about: string;
  /**
   * Whether a rule let it through.
   */
  accepted: boolean;
  /**
   * Why, as a code.
   */
  reason_code: string | null;
  /**
   * Why, as a text.
   */
  reason: string | null;
  /**
   * Why rules were overridden.
   */
  override_reason: string | null;
  /**
   * The request.
   */
  request_id: string;
  /**
   * What an act says of itself, JSON.
   */
  detail: string | null;
  /**
   * What it changed.
   */
  events: Array<AuditEvent>;
  /**
   * This row's link of the chain.
   */
  hash: string;
};
/**
 * Whether the centre answers.
 */
export type Reach = "online" | "offline" | "frozen" | "let_go";
/**
 * How a desk stands with its centre.
 */
export type CentreStatus = {
  /**
   * Where the centre answers.
   */
  url: string;
  /**
   * The property's code there.
   */
  property: string;
  /**
   * The letters of this desk.
   */
  letters: string;
  /**
   * Whether it answers.
   */
  reach: Reach;
  /**
   * Whether it is newer than this program, which cannot read what it says and has to be updated.
   */
  newer?: boolean;
  /**
   * Why the last exchange failed.
   */
  failing?: Failing;
  /**
   * When it last did.
   */
  heard?: Instant;
  /**
   * Commands that wait for an answer.
   */
  queued: number;
  /**
   * Since when the oldest of them waits.
   */
  oldest?: Instant;
  /**
   * Commands that wait for a person.
   */
  parked: number;
  /**
   * Items of the inbox that nobody has dealt with.
   */
  inbox: number;
  /**
   * Room nights that may be sold without the centre.
   */
  safe_room_nights: number;
  /**
   * The last entry of the feed that is here.
   */
  cursor: number;
  /**
   * Where this desk keeps what it shows the centre; nothing where the file that says so is not there.
   */
  token?: TokenPlace;
};
/**
 * Why an exchange failed.
 */
export type Failing = {
  /**
   * As a code: `unreachable`, `distrusted`, `keyring`, `fault` and others.
   */
  code: string;
  /**
   * For a person.
   */
  message: string;
};
/**
 * A desk and its centre, as the window shows them.
 */
export type CentreView = {
  /**
   * How the desk stands.
   */
  status: CentreStatus;
  /**
   * The first commands that wait for the centre, in their order.
   */
  waiting: Array<ParkedRow>;
  /**
   * Commands that wait for a person.
   */
  parked: Array<ParkedRow>;
  /**
   * Bookings that the centre has not settled.
   */
  reservations: Uuid[];
  /**
   * The nights of those.
   */
  nights: NightMark[];
};
/**
 * A night of a room type about which something waits.
 */
export type NightMark = {
  /**
   * The type.
   */
  room_type: RoomTypeCode;
  /**
   * The night.
   */
  night: CivilDate;
};
/**
 * A command that is parked.
 */
export type ParkedRow = {
  /**
   * Its number in the queue.
   */
  seq: number;
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Its kind.
   */
  kind: string;
  /**
   * Who gave it.
   */
  actor: string;
  /**
   * When.
   */
  queued_at: Instant;
};
/**
 * Why the keyring does not give or take something.
 */
export type KeyringLack = "absent" | "locked" | "silent" | "empty" | "failed";
/**
 * A hotel to which guests of this one may be walked.
 */
export type Sister = {
  /**
   * Its code.
   */
  property: string;
  /**
   * What it is called.
   */
  name: string;
  /**
   * Its business date: nights before that are over there.
   */
  business_date: CivilDate;
  /**
   * Its types.
   */
  room_types: Array<SisterType>;
};
/**
 * A type of a sister hotel.
 */
export type SisterType = {
  /**
   * Its code there.
   */
  code: RoomTypeCode;
  /**
   * What it is called.
   */
  name: string;
  /**
   * Rooms that the centre may reserve there on each of the nights.
   */
  rooms: number;
};
/**
 * Where a guest may be walked to.
 */
export type Sisters = {
  /**
   * The first night that is walked.
   */
  from: CivilDate;
  /**
   * The night after the last.
   */
  to: CivilDate;
  /**
   * Rooms that are needed there.
   */
  rooms: number;
  /**
   * The hotels, in the order of their codes.
   */
  sisters: Array<Sister>;
};
/**
 * Who is to be walked.
 */
export type SistersRequest = {
  /**
   * The reservation, or one stay of it.
   */
  id: string;
};
/**
 * Where a desk keeps what it shows the centre.
 */
export type TokenPlace = {
  /**
   * In which of the two.
   */
  store: TokenStore;
  /**
   * The file beside the hotel's, which has the token or says where it is.
   */
  file: string;
  /**
   * Why the keyring has not taken the token, or does not give it now.
   */
  lack?: KeyringLack;
  /**
   * All of that for a person.
   */
  message: string;
};
/**
 * Where a token is kept.
 */
export type TokenStore = "keyring" | "file";
/**
 * A guest is to be walked.
 */
export type WalkRequest = {
  /**
   * Made by the caller, a UUIDv7; the same id again tells how far it has come.
   */
  command_id: Uuid;
  /**
   * The reservation, or one stay of it.
   */
  id: string;
  /**
   * The code of the hotel to which the guest goes.
   */
  to: string;
  /**
   * The type there; of the same code as here where not given.
   */
  room_type?: RoomTypeCode;
};
/**
 * How far a walk has come, or why there is none.
 */
export type Walked = {
  /**
   * Whether the guest is booked there, and here no more.
   */
  ok: boolean;
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * `walked`, `begun`, `reserved`, `giving_back`, `refused`, `given_back`, `left`; `none`, where none was begun; or
   * `asked`, where the centre has not said in time whether one was.
   */
  state: string;
  /**
   * The reservation, or the stay of it.
   */
  reservation: string;
  /**
   * The code of the hotel to which the guest was to go.
   */
  to: string;
  /**
   * The number there, for the guest.
   */
  made?: string;
  /**
   * Why not, as a code.
   */
  code?: string;
  /**
   * All of that for a person.
   */
  message: string;
};
/**
 * Which parked command is given up.
 */
export type DiscardRequest = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * Why, for the audit trail.
   */
  reason: string;
};
/**
 * Which items of the inbox are wanted.
 */
export type InboxRequest = {
  /**
   * Those that were dealt with too.
   */
  all: boolean;
};
/**
 * An item of the inbox.
 */
export type InboxItem = {
  /**
   * Its number.
   */
  id: number;
  /**
   * `confirmed`, `declined`, `refused`, `conflict` or `parked`.
   */
  kind: string;
  /**
   * The command that it is about.
   */
  command: Uuid;
  /**
   * What that was about: a reservation's number.
   */
  object: string;
  /**
   * For a person.
   */
  message: string;
  /**
   * Why, with what could be had instead.
   */
  refusal?: Record<string, unknown>;
  /**
   * Since when.
   */
  opened: Instant;
  /**
   * When somebody dealt with it.
   */
  answered?: Instant;
  /**
   * Who.
   */
  answered_by?: string;
};
/**
 * Which item of the inbox was dealt with.
 */
export type InboxAnswerRequest = {
  /**
   * Its number.
   */
  id: number;
};
/**
 * An item that was dealt with.
 */
export type InboxAnswer = {
  /**
   * Always true.
   */
  ok: boolean;
  /**
   * Its number.
   */
  id: number;
};
/**
 * What is taken instead of what was asked for.
 */
export type TakeRequest = {
  /**
   * Made by the caller, a UUIDv7; the same id again gives the same outcome again.
   */
  command_id: Uuid;
  /**
   * The number of the item that says what was declined.
   */
  id: number;
  /**
   * The type that is taken.
   */
  room_type: RoomTypeCode;
  /**
   * The night of arrival.
   */
  arrival: CivilDate;
  /**
   * The date of departure.
   */
  departure: CivilDate;
};
/**
 * What an exchange moved.
 */
export type Exchanged = {
  /**
   * Always true.
   */
  ok: boolean;
  /**
   * Commands that the centre answered.
   */
  pushed: number;
  /**
   * Entries of the feed that came down, of this desk and of others.
   */
  entries: number;
  /**
   * Rows that were put right.
   */
  corrections: number;
  /**
   * The number of the last entry of the feed that is here.
   */
  cursor: number;
};
/**
 * What the window asks of an enrolment.
 */
export type EnrolRequest = {
  /**
   * Where the centre answers.
   */
  url: string;
  /**
   * The one-time code.
   */
  code: string;
  /**
   * What this desk is to be called there.
   */
  name: string;
  /**
   * The certificate of the centre's own authority, a file.
   */
  authority?: string;
};
/**
 * A desk that has joined.
 */
export type Enrolment = {
  /**
   * Always true.
   */
  ok: boolean;
  /**
   * The property's code at the centre.
   */
  property: string;
  /**
   * The letters with which this desk's short numbers begin from now on.
   */
  letters: string;
  /**
   * Entries of the feed that went up, of a file with a history.
   */
  sent: number;
  /**
   * Entries of the feed that came down.
   */
  followed: number;
  /**
   * The file beside the hotel's, which has the token or says which entry of the keyring has it.
   */
  token_file: string;
  /**
   * Where the token is kept, and why it is not in the keyring.
   */
  token: TokenPlace;
};
/**
 * An error as it crosses: what the window and scripts read.
 */
export type ErrorBody = {
  /**
   * `bad_input`, `busy`, `storage`, `unexpected`, `cancelled`, or a refusal's code.
   */
  code: string;
  /**
   * With `not_allowed`, why: `sign_in`, `ended`, `locked`, `fresh`, `permission`.
   */
  why?: string;
  /**
   * With `bad_input`, the field of the request that it is about, where it is about one.
   */
  field?: string;
  /**
   * For a person.
   */
  message: string;
  /**
   * Names the request in logs.
   */
  request_id: Uuid;
};
/**
 * Where the window's file stands.
 */
export type OpenState =
  | { state: "choose" }
  | {
      state: "loading";
      /**
       * Steps done.
       */
      done: number;
      /**
       * Steps in all.
       */
      total: number;
      /**
       * What is being done.
       */
      text: string;
    }
  | {
      state: "ready";
      /**
       * The hotel.
       */
      property: PropertyInfo;
    }
  | {
      state: "sign_in";
      /**
       * Whether it is the sample hotel.
       */
      sample: boolean;
    }
  | {
      state: "failed";
      /**
       * Why, for a person.
       */
      message: string;
      /**
       * Which file.
       */
      file?: string;
      /**
       * Whether a newer program has written it: this one has to be updated.
       */
      newer: boolean;
    };
/**
 * The file changed; the window asks what.
 */
export type ChangedEvent = {
  /**
   * The number of the last event.
   */
  head: number;
};
/**
 * How far a long work is.
 */
export type ProgressEvent = {
  /**
   * Which work.
   */
  task: string;
  /**
   * Steps done.
   */
  done: number;
  /**
   * Steps in all.
   */
  total: number;
  /**
   * What is being done.
   */
  text: string;
};
/**
 * A language of the window and of printed papers.
 */
export type Language = "en" | "de" | "fr" | "es" | "pt";
/**
 * A list of a day.
 */
export type DayPaper = "arrivals" | "departures" | "in_house" | "availability" | "emergency_pack";
/**
 * A copy in the folder of the backups.
 */
export type BackupRow = {
  /**
   * Its whole path.
   */
  file: string;
  /**
   * When it was made.
   */
  instant: Instant;
  /**
   * Its length.
   */
  bytes: number;
  /**
   * Whether it verified when it was made.
   */
  good: boolean;
};
/**
 * The folder of the backups, and what is in it.
 */
export type Backups = {
  /**
   * Its whole path.
   */
  folder: string;
  /**
   * The newest first.
   */
  rows: Array<BackupRow>;
};
/**
 * Which backup is put back.
 */
export type RestoreRequest = {
  /**
   * The file, with its whole path.
   */
  file: string;
};
/**
 * What a restore left.
 */
export type PutBack = {
  /**
   * Where the replaced content was kept.
   */
  kept: string | null;
  /**
   * Whether the content verifies now.
   */
  verified: boolean;
};
/**
 * A job.
 */
export type JobRow = {
  /**
   * Its identity.
   */
  id: Uuid;
  /**
   * What is done.
   */
  kind: string;
  /**
   * `waiting`, `running`, `done` or `parked`.
   */
  state: string;
  /**
   * From when on.
   */
  due: Instant;
  /**
   * How often it was tried.
   */
  tries: number;
  /**
   * Why the last try failed.
   */
  error: string | null;
  /**
   * When it was finished.
   */
  finished: Instant | null;
};
/**
 * Which job is tried anew.
 */
export type JobRequest = {
  /**
   * Its identity.
   */
  id: Uuid;
};
/**
 * Bookings of another system to be brought in.
 */
export type ImportRequest = {
  /**
   * The file, with its whole path.
   */
  file: string;
  /**
   * How it is read: a MAPPING.toml, with its whole path.
   */
  mapping: string;
  /**
   * Nothing is written; it is told what would be.
   */
  dry_run: boolean;
  /**
   * Good rows come in where others are bad.
   */
  keep_good_rows: boolean;
};
/**
 * What came in.
 */
export type Imported = {
  /**
   * Rows of the file.
   */
  read: number;
  /**
   * Bookings that were made; in a dry run, that would be.
   */
  added: number;
  /**
   * Rows whose booking was there, and is the same.
   */
  already_there: number;
  /**
   * Rows that the mapping leaves out, and arrivals that are history.
   */
  skipped: number;
  /**
   * Rows that do not come in, the first thousand.
   */
  bad: Array<BadRow>;
  /**
   * How many there are.
   */
  bad_count: number;
  /**
   * Lines of rows with the number of a booking whose guest was erased here, the first thousand. They do not come
   * in: whether one is that booking or another under the same number, only a person can tell.
   */
  erased?: Array<number>;
  /**
   * How many there are.
   */
  erased_count?: number;
  /**
   * Nothing was written.
   */
  dry_run: boolean;
  /**
   * How long it took.
   */
  seconds: number;
};
/**
 * A row that does not come in.
 */
export type BadRow = {
  /**
   * Its line in the file.
   */
  line: number;
  /**
   * The column that is at fault, where one is.
   */
  column?: string;
  /**
   * Why, for a person.
   */
  reason: string;
  /**
   * Why, for scripts: `bad_input`, `already_there`, or a refusal's code.
   */
  code: string;
};
/**
 * What is exported.
 */
export type ExportWhat = "reservations" | "availability" | "events";
/**
 * A file to be written.
 */
export type ExportRequest = {
  /**
   * What.
   */
  what: ExportWhat;
  /**
   * From this date on.
   */
  from?: CivilDate;
  /**
   * Before this date.
   */
  before?: CivilDate;
  /**
   * The file, `.csv` or `.jsonl`, with its whole path.
   */
  to: string;
  /**
   * A file that is there is replaced.
   */
  replace: boolean;
};
/**
 * What an export was.
 */
export type Exported = {
  /**
   * What: `reservations`, `availability`, `events`.
   */
  what: string;
  /**
   * Rows, the header aside.
   */
  rows: number;
  /**
   * How it is written.
   */
  format: string;
  /**
   * How long it took.
   */
  seconds: number;
};
/**
 * Which paper is wanted.
 */
export type PrintRequest =
  | {
      paper: "day";
      /**
       * Which.
       */
      list: DayPaper;
      /**
       * The day.
       */
      date: CivilDate;
      /**
       * The file, with its whole path.
       */
      to: string;
    }
  | {
      paper: "confirmation";
      /**
       * The reservation's number or id.
       */
      id: string;
      /**
       * The file, with its whole path.
       */
      to: string;
    }
  | {
      paper: "registration_card";
      /**
       * The reservation's number or id, with a stay's number after a slash where one alone is meant.
       */
      id: string;
      /**
       * The file, with its whole path.
       */
      to: string;
    };
