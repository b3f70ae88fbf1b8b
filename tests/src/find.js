// Finds what a person who listens would: an element by its role and accessible name.
// Arguments: the role, the name, and "exactly" or "beginning". Gives the element, or the names that are there.
const [role, wanted, how] = arguments;
const selectors = {
  button: "button, [role=button], input[type=submit], summary",
  textbox:
    "input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=email], textarea, [role=textbox], [role=combobox]",
  spinbutton: "input[type=number], [role=spinbutton]",
  dialog: "dialog[open], [role=dialog], [role=alertdialog]",
  link: "a[href], [role=link]",
  option: "option, [role=option]",
  combobox: "select, [role=combobox]",
  checkbox: "input[type=checkbox], [role=checkbox], [role=switch]",
};
const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const shown = (element) =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
const nameOf = (element) => {
  const by = element.getAttribute("aria-labelledby");
  if (by) {
    return flat(
      by
        .split(/\s+/)
        .map((id) => document.getElementById(id)?.textContent)
        .join(" "),
    );
  }
  const label = flat(element.getAttribute("aria-label"));
  if (label) return label;
  if (element.labels?.length) return flat([...element.labels].map((l) => l.textContent).join(" "));
  return flat(element.textContent) || flat(element.title);
};
const candidates = [...document.querySelectorAll(selectors[role] ?? `[role=${role}]`)].filter(shown);
const fits = (name) => (how === "beginning" ? name.startsWith(wanted) : name === wanted);
const found = candidates.find((element) => fits(nameOf(element)));
return found ? { found } : { names: candidates.map(nameOf).slice(0, 40) };
