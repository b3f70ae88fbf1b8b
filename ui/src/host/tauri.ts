// The host of the real window: the only module that knows how the shell is called.
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Host, HostEvents } from "./host";

export { isTauri };

export const tauriHost: Host = {
  open_state: () => invoke("open_state"),
  open_sample: () => invoke("open_sample"),
  create_property: (request) => invoke("create_property", { request }),
  property: () => invoke("property"),
  grid: (request) => invoke("grid", { request }),
  changes: (request) => invoke("changes", { request }),
  charts: (request) => invoke("charts", { request }),
  cell: (request) => invoke("cell", { request }),
  day_sheet: (request) => invoke("day_sheet", { request }),
  reservation: (request) => invoke("reservation", { request }),
  find_reservations: (request) => invoke("find_reservations", { request }),
  allotments: (request) => invoke("allotments", { request }),
  allotment: (request) => invoke("allotment", { request }),
  waitlist: () => invoke("waitlist"),
  due: (request) => invoke("due", { request }),
  end_of_day: (request) => invoke("end_of_day", { request }),
  print: (request) => invoke("print", { request }),
  documents: () => invoke("documents"),
  choose_file: (wanted, suggested) => invoke("choose_file", { wanted, suggested }),
  execute: (request) => invoke("execute", { request }),
  lock_state: () => invoke("lock_state"),
  sign_in: (request) => invoke("sign_in", { request }),
  sign_out: () => invoke("sign_out"),
  lock: () => invoke("lock"),
  touch: () => invoke("touch"),
  staff: () => invoke("staff"),
  change_staff: (request) => invoke("change_staff", { request }),
  roles: () => invoke("roles"),
  set_role: (request) => invoke("set_role", { request }),
  settings: () => invoke("settings"),
  set_setting: (request) => invoke("set_setting", { request }),
  alerts: (request) => invoke("alerts", { request }),
  acknowledge_alert: (request) => invoke("acknowledge_alert", { request }),
  health: () => invoke("health"),
  verify: () => invoke("verify"),
  audit: (request) => invoke("audit", { request }),
  cell_at: (request) => invoke("cell_at", { request }),
  set_zoom: (factor) => invoke("set_zoom", { factor }),
  languages: () => invoke("languages"),
  speak: (language) => invoke("speak", { language }),
  painted: () => invoke("painted"),
  listen: <E extends keyof HostEvents>(event: E, hear: (payload: HostEvents[E]) => void) =>
    listen<HostEvents[E]>(event, ({ payload }) => hear(payload)),
};
