/** Sends what is typed into a form with data-drafts to be kept, and says beside it what became of it. */
import { tell } from "./draft_place.js";
import { sayUnreachable } from "./network.js";
import { settle, tab } from "./words.js";

const PAUSE = 1200;
const AGAIN = 10_000;
/** What a browser still sends for a page that is gone: it allows 64 kB. */
const OUTLIVES = 60_000;
const HEADERS = {
  "Content-Type": "application/x-www-form-urlencoded",
  "HX-Request": "true",
  "HX-Request-Type": "partial",
};
let form = null;
let pause = 0;
let sending = null;

export function keepSoon(typedInto, after = PAUSE) {
  form = typedInto;
  clearTimeout(pause);
  pause = setTimeout(keep, after);
}

function whatToSend(of) {
  const body = new URLSearchParams();
  // Of a file only the name: the file itself is sent with a look at the form.
  for (const [name, value] of new FormData(of)) body.append(name, value.name ?? value);
  body.set("tab", tab);
  body.set("turn", Date.now());
  // Whoever has a say in what htmx sends has it here too.
  const detail = { ctx: { request: { body, form: of } } };
  of.dispatchEvent(new CustomEvent("htmx:config:request", { bubbles: true, detail }));
  return `${body}`;
}

export async function keep() {
  clearTimeout(pause);
  const [of, place, at] = [form, form?.querySelector("[data-draft]"), Date.now()];
  form = null;
  if (!place) return;
  const [body, headers] = [whatToSend(of), { ...HEADERS, "HX-Current-URL": location }];
  const { signal } = (sending = new AbortController());
  const how = { method: "POST", body, headers, signal, keepalive: body.length < OUTLIVES };
  const answer = await fetch(place.dataset.draft, how).catch((error) => error);
  const [mark, away] = ["X-Draft", "HX-Redirect"].map((name) => answer.headers?.get(name));
  if (mark) settle(of, at, mark);
  if (!place.isConnected || signal.aborted) return;
  if (away) location.href = away;
  else if (answer.ok) tell(of, place, mark, await answer.text());
  else if (!(answer.status < 500) && !form) keepSoon(of, AGAIN);
  sayUnreachable(answer);
}

/** What is sent or thrown away needs no draft, not even one that is on its way. */
export function giveUp() {
  form = null;
  sending?.abort();
}
