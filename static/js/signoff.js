/** What scripts add to pages that work without them. */
import "./dialog.js";
import "./focus.js";
import "./graph.js";
import "./keyboard.js";
import "./network.js";
import "./theme.js";
