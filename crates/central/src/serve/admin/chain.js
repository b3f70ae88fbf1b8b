// Every property by night: how many rooms are left to sell, as a table whose cells are shaded.
const NIGHTS = 28;
const CHAIN_EVERY_MS = 60_000;
let chainShownAt = 0;

function night(from, after) {
  const date = new Date(`${from}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + after);
  return date.toISOString().slice(0, 10);
}

/** Every page of the chain over those nights. */
async function chainPages(from, to) {
  const first = await ask(`/v1/chain/availability?from=${from}&to=${to}&limit=50`);
  const all = [...first.properties];
  for (let page = first; page.next; ) {
    page = await ask(`/v1/chain/availability?from=${from}&to=${to}&limit=50&after=${encodeURIComponent(page.next)}`);
    all.push(...page.properties);
  }
  return { ...first, properties: all };
}

/** The sums of a property's types, by night. */
function byNight(property) {
  const sums = new Map();
  for (const { night, rooms, sold, available } of property.cells) {
    const sum = sums.get(night) ?? { rooms: 0, sold: 0, available: 0 };
    sums.set(night, { rooms: sum.rooms + rooms, sold: sum.sold + sold, available: sum.available + available });
  }
  return sums;
}

function shade({ rooms, available }) {
  if (available === 0) return "none";
  const part = available / Math.max(rooms, 1);
  return part <= 0.1 ? "few" : part <= 0.3 ? "some" : "plenty";
}

function heatCell(code, date, sum) {
  if (!sum) return element("td", { class: "closed", title: `${code}, ${date}: not open` }, "–");
  const told = `${code}, ${date}: ${sum.available} left, ${sum.sold} of ${sum.rooms} sold`;
  return element("td", { class: shade(sum), title: told }, numbers.format(sum.available));
}

function heatRow(property, dates) {
  const { code, feed } = property;
  const sums = byNight(property);
  const late = feed.desks_waiting > 0 ? { class: "wrong" } : {};
  const told = `feed ${feed.number}; ${feed.desks_waiting} of ${feed.desks} desks may have more to send`;
  return element("tr", {},
    element("th", { scope: "row", title: property.name ?? "" }, code, " ",
      element("small", { ...late, title: told }, `${feed.desks - feed.desks_waiting}/${feed.desks}`)),
    ...dates.map((date) => heatCell(code, date, sums.get(date))));
}

async function showChain() {
  chainShownAt = Date.now();
  byId("from").value ||= night(new Date().toISOString().slice(0, 10), 0);
  const from = byId("from").value;
  const found = await chainPages(from, night(from, NIGHTS));
  const dates = Array.from({ length: NIGHTS }, (_, after) => night(from, after));
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric", timeZone: "UTC" });
  const heads = dates.map((date) => element("th", { scope: "col", title: date }, day.format(new Date(`${date}T00:00:00Z`))));
  byId("heat").replaceChildren(element("table", {},
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Property, desks up to date"), ...heads)),
    element("tbody", {}, ...found.properties.map((property) => heatRow(property, dates)))));
  byId("codes").replaceChildren(...found.properties.map(({ code }) => element("option", { value: code })));
  const at = new Date(found.as_of).toLocaleTimeString();
  byId("as-of").textContent = found.source === "replica"
    ? `from the replica, as of ${at}, ${numbers.format(Math.round(found.lag_seconds))} s behind`
    : `as of ${at}`;
}

const walked = ({ state, made, reservation, to }) => state === "walked"
  ? `${reservation} is cancelled, and its guest booked at ${to} as ${made.number}.`
  : `${reservation} is on its way to ${to}: look again in a minute.`;

/** Why a walk does not go, where the centre says so. */
function notWalked({ code, state, refusal = { code } }, to) {
  if (state === "left") return "The guest was let in at both hotels: people there have to see to it.";
  if (refusal.code !== "no_availability") return `Not walked: ${refusal.code}.`;
  const shares = refusal.in_other_shares ? `; ${refusal.in_other_shares} stand in shares of desks there` : "";
  return `Not walked: ${refusal.available} rooms are left at ${to} on ${refusal.night}${shares}.`;
}

async function walk() {
  const [from, number, to, type] = ["from", "number", "to", "type"].map((name) => byId(`walk-${name}`).value.trim());
  const question = `Booking ${number} of ${from} is booked at ${to}, and then cancelled at ${from}. What cannot be cancelled ` +
    `at ${from} is given back at ${to}.`;
  if (!(await sure(question, "Walk"))) return;
  const asked = { id: crypto.randomUUID(), reservation: number, to, ...(type && { room_type: type }) };
  try {
    say(walked(await ask(`/v1/properties/${encodeURIComponent(from)}/walks`, asked)));
  } catch (error) {
    if (!error.found?.code && !error.found?.state) throw error;
    return say(notWalked(error.found, to), true);
  }
  byId("walk").reset();
  await Promise.all([show(), showChain()]);
}

/** The whole chain is asked for less often than how each property stands. */
function chainIfDue() {
  if (Date.now() - chainShownAt >= CHAIN_EVERY_MS) attempt(showChain);
}

addEventListener("DOMContentLoaded", () => {
  byId("nights").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(showChain);
  });
  byId("walk").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(walk);
  });
});
