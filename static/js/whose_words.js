/** Nobody finds in this browser what somebody else has typed, nor anything of long ago. */
import { drop, keysOf, read } from "./words.js";

const KEPT_FOR = 7 * 86_400_000;

const { person } = document.body.dataset;
if (person && localStorage.person !== person) drop(keysOf("words:"));
if (person) localStorage.person = person;
drop(keysOf("words:").filter((key) => read(key).at < Date.now() - KEPT_FOR));
document.addEventListener("submit", (event) => {
  const { signOut } = event.target.dataset;
  const words = keysOf("words:");
  if (!signOut) return;
  if (words.every((key) => read(key).mark) || confirm(signOut)) drop(words);
  else event.preventDefault();
});
