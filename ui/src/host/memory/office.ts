// Files that come and go, backups and jobs of the hotel in memory: as much as the window can be tried on.
import type { BackupRow, Imported, JobRow } from "../bindings";
import type { Host } from "../host";
import { refuse } from "./refusal";

type Office = Pick<
  Host,
  | "import_bookings"
  | "export_rows"
  | "stop_work"
  | "backups"
  | "back_up"
  | "restore"
  | "jobs"
  | "run_jobs"
  | "retry_job"
>;
type Read = <T>(answer: () => T) => Promise<T>;

/** What stands in the office; tests look at it and change it. */
export class MemoryOffice {
  imported: Imported = {
    read: 3,
    added: 2,
    already_there: 0,
    skipped: 0,
    bad: [{ line: 4, column: "type", reason: "There is no room type XXX.", code: "unknown_room_type" }],
    bad_count: 1,
    dry_run: true,
    seconds: 0,
  };
  stopped = 0;
  restored: string[] = [];
  rows: BackupRow[] = [];
  jobs: JobRow[] = [];
}

export function officeHost(office: MemoryOffice, read: Read): Office {
  return {
    import_bookings: ({ dry_run }, hear) =>
      read(() => {
        hear({ task: "import", done: 3, total: 3, text: "" });
        return { ...office.imported, dry_run };
      }),
    export_rows: ({ what, to }) =>
      read(() => {
        if (!to.startsWith("/")) refuse("bad_input", `${to} is no whole path.`);
        return { what, rows: 7, format: "csv", seconds: 0 };
      }),
    stop_work: () => read(() => void office.stopped++),
    backups: () => read(() => ({ folder: "/backups", rows: [...office.rows] })),
    back_up: () =>
      read(() => {
        const instant = "2017-06-01T08:00:00.000Z";
        const row = { file: `/backups/copy-${office.rows.length}`, instant, bytes: 4096, good: true };
        office.rows = [row, ...office.rows];
        return row;
      }),
    restore: ({ file }) =>
      read(() => {
        office.restored.push(file);
        return { kept: "/hotel.replaced", verified: true };
      }),
    jobs: () => read(() => [...office.jobs]),
    run_jobs: () => read(() => undefined),
    retry_job: ({ id }) =>
      read(() => {
        const job = office.jobs.find((each) => each.id === id);
        if (!job) return refuse("unknown_job", `There is no job ${id}.`);
        job.state = "waiting";
        return { ...job };
      }),
  };
}
