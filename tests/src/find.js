// Finds what a person who listens would: an element by its role and accessible name.
// Arguments: the role, the name, and "exactly" or "beginning". Gives the element, or the names that are there.
const [role, wanted, how] = arguments;
const selectors = {
  button: "button, [role=button], input[type=submit], summary",
  textbox:
    "input:not([type]), input[type=text], input[type=password], input[type=search], input[type=tel], input[type=email], textarea, [role=textbox], [role=combobox]",
  spinbutton: "input[type=number], [role=spinbutton]",
  dialog: "dialog[open], [role=dialog], [role=alertdialog]",
  link: "a[href], [role=link]",
  option: "option, [role=option]",
  combobox: "select, [role=combobox]",
  row: "tr, [role=row]",
  checkbox: "input[type=checkbox], [role=checkbox], [role=switch]",
};
const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const shown = (element) =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
// The words inside an element, without what is hidden from a listener and without the fields in a label.
const wordsOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  if (node.matches("label select, label input, label textarea, svg")) return "";
  return [...node.childNodes].map(wordsOf).join(" ");
};
const nameOf = (element) => {
  const by = element.getAttribute("aria-labelledby");
  if (by) {
    const named = by.split(/\s+/).map((id) => document.getElementById(id));
    return flat(named.map((other) => (other ? wordsOf(other) : "")).join(" "));
  }
  const label = flat(element.getAttribute("aria-label"));
  if (label) return label;
  if (element.labels?.length) return flat([...element.labels].map(wordsOf).join(" "));
  return flat(wordsOf(element)) || flat(element.title);
};
const candidates = [...document.querySelectorAll(selectors[role] ?? `[role=${role}]`)].filter(shown);
const fits = (name) => (how === "beginning" ? name.startsWith(wanted) : name === wanted);
const found = candidates.find((element) => fits(nameOf(element)));
return found ? { found } : { names: candidates.map(nameOf).slice(0, 40) };
