// The editor of queries. The form around it works without: what is written goes into its text field.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeFromList, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

async function edit(field) {
  // in a shadow tree its styles need no leave of the page's policy
  const host = document.createElement("div");
  host.id = "editor";
  const label = field.closest("label");
  label.before(host);
  label.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  const run = () => { field.form.requestSubmit(); return true; };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": "SPARQL" }),
        sparql(), syntaxHighlighting(colours), look, autocompletion({ icons: false, override: [complete(fetch(field.dataset.terms).then(answer => answer.json()))] }),
        EditorView.domEventHandlers({ beforeinput: replace }),
        keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.updateListener.of(update => { if (update.docChanged) field.value = view.state.doc.toString(); }),
      ],
    }),
  });
  host.view = view;
  field.form.addEventListener("formdata", ({ formData }) => formData.set("query", view.state.doc.toString()));
  const fault = document.querySelector("[data-line]");
  if (fault) mark(view, fault);
}

// Where a selection is typed over, Chromium keeps its look by an inline style, which the policy of the page refuses.
function replace(event, view) {
  const { inputType, data } = event;
  if (inputType !== "insertText" || !data || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true }));
  return true;
}

// Puts a fault where it is; lines and columns count from 1, columns in characters.
function mark(view, fault) {
  const line = view.state.doc.line(Math.min(Number(fault.dataset.line), view.state.doc.lines));
  const before = [...line.text].slice(0, Number(fault.dataset.column) - 1).join("").length;
  const from = Math.min(line.from + before, line.to);
  const to = Math.min(from + 1, view.state.doc.length);
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message: fault.textContent }]), { selection: { anchor: from } });
  view.focus();
}

// Variables of the query itself, then prefixes, terms and keywords that the server knows.
function complete(terms) {
  return async context => {
    const word = context.matchBefore(/[?$]\w*|[\w-]*:?[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) {
      const all = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      all.delete(word.text);
      return { from: word.from, options: [...all].sort().map(label => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const known = await terms.catch(() => []);
    return { ...(await completeFromList(known)(context)), from: word.from, options: known, validFor: /^[\w-]*:?[\w-]*$/ };
  };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--lead)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--other)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--date)" },
  { tag: [tags.namespace, tags.propertyName, tags.url, tags.link], color: "var(--cite)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--soft)", fontStyle: "italic" },
]);
const look = EditorView.theme({
  "&": { border: "1px solid var(--soft)", borderRadius: ".3rem", backgroundColor: "var(--paper)", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, \"Noto Sans Mono CJK SC\", monospace", fontSize: ".9rem", lineHeight: "1.6", minHeight: "12rem", maxHeight: "60vh" },
  ".cm-gutters": { backgroundColor: "var(--fill)", color: "var(--soft)", border: "none" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  // the usual wave is an image that the policy of the page refuses
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--odd) 2px" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--rule)", maxWidth: "90vw" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit", opacity: "0.8" },
  ".cm-completionInfo": { maxWidth: "24rem", whiteSpace: "pre-line" },
});

const field = document.querySelector("textarea[name=query]");
if (field) edit(field);
