/** What is typed stays in this browser until the server has it: under its form, its person and its tab. */
const NOT_TYPED = /^(file|password|submit|button|fieldset)$/;
const PUT_IN = /\/|^(submission|draft|z)$/;

/** The tab of this page, also after it was loaded anew; a copy of the tab is another one. */
export let tab = "";
export const nextTab = () => (tab = `${Date.now()}${Math.random().toString(36).slice(2, 12)}`);
tab = sessionStorage.tab ?? nextTab();
delete sessionStorage.tab;
addEventListener("pagehide", () => (sessionStorage.tab = tab));
addEventListener("pageshow", () => delete sessionStorage.tab);

export const keysOf = (place) => Object.keys(localStorage).filter((key) => key.startsWith(place));
export const read = (key) => JSON.parse(localStorage[key]);
export const drop = (keys) => keys.forEach((key) => delete localStorage[key]);

/** The receipt is one person's, and so are the words. */
export function placeOf(form) {
  const which = [...form.querySelectorAll("[name=receipt], [name=act], [name=pick]")];
  return `words:${[new URL(form.action).pathname, ...which.map((one) => one.value)].join()}:`;
}

export function typedIn(form) {
  // What a date says that is half typed is nowhere to be had.
  const isOne = ({ name, validity }) => name && !name.startsWith("s/") && !validity?.badInput;
  const named = [...form.elements].filter(isOne);
  return named.filter(({ type, name }) =>
    type === "hidden" ? PUT_IN.test(name) : !NOT_TYPED.test(type),
  );
}

export const isTick = ({ type }) => /checkbox|radio/.test(type);
export const textOf = ({ multiple, selectedOptions, value }) =>
  multiple && selectedOptions ? [...selectedOptions].map((one) => one.value) : value;

export function remember(form) {
  const tickOf = (field) => (isTick(field) ? field.checked : null);
  const fields = typedIn(form).map((field) => [field.name, textOf(field), tickOf(field)]);
  try {
    localStorage[placeOf(form) + tab] = JSON.stringify({ at: Date.now(), fields });
  } catch {
    // There is no room here; the server is asked all the same.
  }
}

/** What is sent or thrown away is forgotten. */
export const forget = (form) => drop([placeOf(form) + tab, form.source]);

/** The server has it as the draft `mark`, unless more was typed after the moment `until`. */
export function settle(form, until, mark) {
  for (const key of [placeOf(form) + tab, form.source]) {
    const kept = localStorage[key] && read(key);
    if (kept?.at <= until) localStorage[key] = JSON.stringify({ ...kept, mark, heard: Date.now() });
  }
}
