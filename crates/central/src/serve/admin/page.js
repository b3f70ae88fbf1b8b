// The page of whoever runs the centre. The token is kept for this tab alone.
const KEPT = "keyrack-admin";
const EVERY_MS = 10_000;
const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat();
let timer;

/** An element with texts and elements in it; nothing is ever read as HTML. */
function element(name, { on = {}, ...attributes } = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const [event, what] of Object.entries(on)) made.addEventListener(event, what);
  made.append(...inside);
  return made;
}

function say(text, wrong = false) {
  byId("said").classList.toggle("wrong", wrong);
  byId("said").replaceChildren(...[text].flat());
}

async function ask(path, body) {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${sessionStorage.getItem(KEPT)}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 401) leave();
  if (!answer.ok) throw Object.assign(new Error(found.message ?? `The centre answered ${answer.status}.`), { found });
  return found;
}

function sure(question, deed) {
  byId("question").textContent = question;
  byId("yes").textContent = deed;
  const dialog = byId("sure");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

async function attempt(what) {
  try {
    await what();
  } catch (error) {
    say(error.message, true);
  }
}

const DEEDS = {
  revoke: ["Revoke", (desk) => `Desk ${desk} is let in no more. What it may still sell stays out, as it may have sold it.`],
  lost: ["Declare lost", (desk) => `Desk ${desk} is let in no more, and the rooms it could still sell go back to the others. ` +
    "If it sold any of them, that becomes a deficit with its name."],
  accept: ["Accept", (desk) => `Desk ${desk} gets rooms to sell again. Do this once the other copy of it is done away with.`],
};

function deeds(property, desk) {
  const fits = { joined: ["revoke", "lost"], "exists twice": ["accept", "revoke", "lost"], "token reused": ["accept", "revoke", "lost"], revoked: ["lost"] };
  return (fits[desk.standing] ?? []).map((deed) => {
    const [word, question] = DEEDS[deed];
    const act = () => attempt(async () => {
      if (!(await sure(question(desk.letters), word))) return;
      const asked = { property, letters: desk.letters, deed, sure: true };
      const { room_nights } = await ask("/admin/api/desk", asked);
      say(deed === "lost" ? `Desk ${desk.letters} is lost: ${numbers.format(room_nights)} room nights went back.` : "Done.");
      await show();
    });
    return element("button", { type: "button", class: deed === "accept" ? "" : "grave", on: { click: act },
      "aria-label": `${word}: desk ${desk.letters} of ${property}` }, word);
  });
}

function since(now, then) {
  if (!then) return "never";
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(then)) / 1000));
  const [count, unit] = seconds < 90 ? [seconds, "s"] : seconds < 5400 ? [Math.round(seconds / 60), "min"] :
    seconds < 129_600 ? [Math.round(seconds / 3600), "h"] : [Math.round(seconds / 86_400), "days"];
  return `${count} ${unit} ago`;
}

function row(now, property, desk) {
  const standing = desk.standing === "joined" ? {} : { class: "wrong" };
  return element("tr", {},
    element("td", {}, desk.letters),
    element("td", {}, desk.name),
    element("td", standing, desk.standing),
    element("td", { title: desk.seen_at ?? "" }, since(now, desk.seen_at)),
    element("td", { class: "number" }, numbers.format(desk.commands)),
    element("td", { class: "number" }, numbers.format(desk.share)),
    element("td", {}, ...deeds(property, desk)));
}

function sheet(now, found) {
  const newCode = () => attempt(async () => {
    const { code, minutes } = await ask("/admin/api/code", { property: found.code });
    say([`One desk can join ${found.code} within ${minutes} minutes: `, element("code", {}, code)]);
  });
  const fact = (name, value, wrong = false) => element("div", {},
    element("dt", {}, name), element("dd", wrong ? { class: "wrong" } : {}, value));
  const heads = [["Desk"], ["Name"], ["Standing"], ["Heard"], ["Commands", "number"], ["Room nights in its share", "number"], [""]];
  return element("article", { "aria-label": found.code },
    element("header", {}, element("h2", {}, found.code),
      element("button", { type: "button", on: { click: newCode } }, "Code for a desk")),
    element("dl", {},
      ...(found.open ? [] : [fact("History", "not here yet: its first desk brings it")]),
      fact("Feed", numbers.format(found.feed)),
      fact("Deficit", `${numbers.format(found.deficit)} room nights`, found.deficit > 0),
      fact("Parked", numbers.format(found.parked), found.parked > 0),
      fact("Kept apart", numbers.format(found.apart), found.apart > 0),
      fact("Trail", `${numbers.format(found.audit)}, ${found.audit_hash.slice(0, 12)}`)),
    ...(found.alerts.length === 0 ? [] : [element("ul", { class: "alerts", "aria-label": `Alerts of ${found.code}` },
      ...found.alerts.map((alert) => element("li", { class: "wrong" }, alert)))]),
    found.desks.length === 0 ? element("p", {}, "No desk has joined.") :
      element("div", { class: "scroll" }, element("table", {},
        element("thead", {}, element("tr", {}, ...heads.map(([text, of]) => element("th", of ? { class: of, scope: "col" } : { scope: "col" }, text)))),
        element("tbody", {}, ...found.desks.map((desk) => row(now, found.code, desk))))));
}

async function show() {
  const { now, properties, messages_waiting: waiting, look_age_seconds: age } = await ask("/admin/api/properties");
  const held = document.activeElement?.getAttribute("aria-label");
  byId("properties").replaceChildren(...properties.map((one) => sheet(now, one)));
  if (properties.length === 0) byId("properties").append(element("p", {}, "No property yet."));
  // What had the keyboard has it again.
  if (held) [...document.querySelectorAll("[aria-label]")].find((one) => one.getAttribute("aria-label") === held)?.focus();
  const amiss = [
    ...(waiting > 0 ? [`${numbers.format(waiting)} messages of alerts have not arrived`] : []),
    ...(age > 900 ? [`nobody has looked for what is amiss for ${numbers.format(Math.round(age / 60))} minutes`] : []),
  ];
  byId("heard").classList.toggle("wrong", amiss.length > 0);
  byId("heard").textContent = [`as of ${new Date(now).toLocaleTimeString()}`, ...amiss].join("; ");
}

function enter() {
  for (const id of ["chain", "properties", "add", "leave"]) byId(id).hidden = false;
  byId("door").hidden = true;
  attempt(show);
  attempt(showChain);
  timer = setInterval(() => {
    if (document.hidden || byId("sure").open) return;
    attempt(show);
    chainIfDue();
  }, EVERY_MS);
}

function leave() {
  sessionStorage.removeItem(KEPT);
  clearInterval(timer);
  for (const id of ["chain", "properties", "add", "leave"]) byId(id).hidden = true;
  for (const id of ["heat", "properties"]) byId(id).replaceChildren();
  byId("heard").textContent = "";
  byId("door").hidden = false;
  byId("token").focus();
}

byId("door").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEPT, byId("token").value.trim());
  byId("token").value = "";
  say("");
  attempt(async () => {
    await ask("/admin/api/properties");
    enter();
  });
});
byId("leave").addEventListener("click", () => {
  say("");
  leave();
});
byId("add").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await ask("/admin/api/property", { property: byId("code").value });
    say(`${byId("code").value} is added. Let its first desk in with a code.`);
    byId("code").value = "";
    await show();
  });
});
if (sessionStorage.getItem(KEPT)) enter();
