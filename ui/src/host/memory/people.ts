// Staff, settings, alerts and figures of the hotel in memory: as much of them as the window can be tried on.
import type {
  AlertRow,
  AuditRow,
  Health,
  LockState,
  PrintRequest,
  RoleRow,
  SettingRow,
  StaffChange,
  StaffRow,
} from "../bindings";
import type { Host } from "../host";
import type { MemoryInventory } from "./inventory";
import { refuse } from "./refusal";

type Beside = Pick<
  Host,
  | "lock_state"
  | "sign_in"
  | "sign_out"
  | "lock"
  | "touch"
  | "staff"
  | "change_staff"
  | "roles"
  | "set_role"
  | "settings"
  | "set_setting"
  | "alerts"
  | "acknowledge_alert"
  | "health"
  | "verify"
  | "audit"
>;

const ALL = ["look", "sell", "operate", "configure", "administer"];
const LOCKS_IN_SECONDS = 600;

/** What stands beside the rooms; tests look at it and change it. */
export class MemoryPeople {
  staff: (StaffRow & { password: string })[] = [];
  signedIn: string | undefined;
  locked = false;
  /** Changes of the staff need a sign-in that is minutes old. */
  stale = false;
  touched = 0;
  printed: PrintRequest[] = [];
  alerts: AlertRow[] = [];
  trail: AuditRow[] = [];
  settings: SettingRow[] = [
    {
      key: "idle_lock_minutes",
      value: 10,
      default: 10,
      meaning: "Minutes after which the window locks when nobody touches it.",
      allowed: "0 to 480",
      holds: { type: "number", least: 0, most: 480 },
    },
  ];
  roles: RoleRow[] = [
    { role: "front_desk", may: ALL.slice(0, 2) },
    { role: "night_audit", may: ALL.slice(0, 3) },
    { role: "manager", may: ALL.slice(0, 4) },
    { role: "admin", may: ALL },
  ];

  state(hotel: string): LockState {
    if (this.staff.length === 0) return { state: "no_staff" };
    const member = this.staff.find(({ name }) => name === this.signedIn);
    if (!member) return { state: "sign_in", hotel };
    if (this.locked) return { state: "locked", hotel };
    const may = this.roles.find(({ role }) => role === member.role)?.may ?? [];
    return { state: "in", name: member.name, role: member.role, may, locks_in_seconds: LOCKS_IN_SECONDS };
  }

  signIn(name: string, password: string): void {
    const member = this.staff.find((each) => each.name === name && each.enabled);
    if (member?.password !== password)
      refuse("sign_in_failed", "Name and password do not go together. Try again in a second.");
    this.signedIn = name;
    this.locked = false;
    this.stale = false;
  }

  change(change: StaffChange): StaffRow {
    if (this.stale)
      refuse("not_allowed", "That needs a sign-in that is at most five minutes old.", { why: "fresh" });
    if (change.kind === "add") {
      const { name, role, password } = change;
      const member = { name, role, password, enabled: true, created_at: "2017-06-01T08:00:00Z" };
      this.staff.push(member);
      return member;
    }
    const member = this.staff.find(({ name }) => name === change.name);
    if (!member) return refuse("unknown_staff", `Nobody here is called ${change.name}.`);
    if (change.kind === "role") member.role = change.role;
    else if (change.kind === "reset") member.password = change.password;
    else member.enabled = change.kind === "enable";
    return { ...member };
  }
}

function health(inventory: MemoryInventory, people: MemoryPeople): Health {
  const latency = { count: 12, p50: 2, p95: 5, p99: 8, share_over_50_ms: 0 };
  const open = people.alerts.filter(({ closed }) => closed === null);
  return {
    ok: open.every(({ level }) => level !== "critical"),
    at: new Date().toISOString(),
    sale_latency_ms: latency,
    lock_wait_ms: latency,
    busy: 0,
    last_hour: { attempts: 4, refused: 1, refusals: { sold_out: 1 }, failed_sales: 1 },
    alerts: open,
    last_backup: null,
    last_verify: null,
    jobs_parked: 0,
    jobs_open: 0,
    file_bytes: 4_096_000,
    wal_bytes: 0,
    schema_version: 1,
    event_head: inventory.head,
    sqlite_version: "none",
  };
}

type Read = <T>(answer: () => T) => Promise<T>;

export function peopleHost(people: MemoryPeople, open: () => MemoryInventory, read: Read): Beside {
  const state = () => people.state(open().info.name);
  return {
    lock_state: () => read(state),
    sign_in: ({ name, password }) =>
      read(() => {
        people.signIn(name, password);
        return state();
      }),
    sign_out: () => read(() => void (people.signedIn = undefined)),
    lock: () => read(() => void (people.locked = people.signedIn !== undefined)),
    touch: () => read(() => void people.touched++),
    staff: () => read(() => people.staff.map((member) => ({ ...member }))),
    change_staff: (change) => read(() => people.change(change)),
    roles: () => read(() => people.roles.map((row) => ({ ...row }))),
    set_role: (row) =>
      read(() => {
        people.roles = people.roles.map((each) => (each.role === row.role ? row : each));
        return row;
      }),
    settings: () => read(() => people.settings.map((row) => ({ ...row }))),
    set_setting: ({ key, value }) =>
      read(() => {
        const row = people.settings.find((each) => each.key === key);
        if (!row || !/^\d+$/.test(value)) return refuse("bad_input", `${key}: ${value} is not allowed.`);
        row.value = Number(value);
        return { ...row };
      }),
    alerts: ({ all }) => read(() => people.alerts.filter(({ closed }) => all || closed === null)),
    acknowledge_alert: ({ id }) =>
      read(() => {
        const at = people.alerts.findIndex((each) => each.id === id);
        const row = people.alerts[at];
        if (!row) return refuse("unknown_alert", `There is no open alert ${id}.`);
        const seen = {
          ...row,
          acknowledged: new Date().toISOString(),
          acknowledged_by: people.signedIn ?? "admin",
        };
        people.alerts = people.alerts.with(at, seen);
        return seen;
      }),
    health: () => read(() => health(open(), people)),
    verify: () => read(() => ({ ok: true, checks: [{ name: "counts", ok: true, differences: [] }] })),
    audit: ({ before, object, actor, action, limit }) =>
      read(() =>
        people.trail
          .filter(
            (row) =>
              (before === undefined || row.seq < before) &&
              (object === undefined || row.object === object) &&
              (actor === undefined || row.actor === actor) &&
              (action === undefined || row.what === action),
          )
          .toSorted((a, b) => b.seq - a.seq)
          .slice(0, limit),
      ),
  };
}
