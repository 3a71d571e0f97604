/** What scripts add to pages that work without them. */
import "./counting.js";
import "./dialog.js";
import "./drafts.js";
import "./fields.js";
import "./focus.js";
import "./graph.js";
import "./keyboard.js";
import "./lists.js";
import "./meanwhile.js";
import "./network.js";
import "./news.js";
import "./palette.js";
import "./previews.js";
import "./searches.js";
import "./selection.js";
import "./theme.js";
import "./undo.js";
