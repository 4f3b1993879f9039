// The text editor: CodeMirror in a shadow root, so that its styles need no exception in the content security policy.

import {
  EditorState,
  EditorView,
  HighlightStyle,
  autocompletion,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  defaultKeymap,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  history,
  historyKeymap,
  indentUnit,
  keymap,
  lineNumbers,
  lintKeymap,
  setDiagnostics,
  sparql,
  syntaxHighlighting,
  tags,
} from "./vendor/codemirror-6.43.15.mjs";
import { complete, insertName } from "./completion.mjs";
import { word } from "./page.mjs";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--c-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--c-variable)" },
  { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.className, tags.url, tags.atom], color: "var(--c-name)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--c-string)" },
  { tag: [tags.number, tags.bool, tags.integer, tags.float], color: "var(--c-number)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--c-comment)" },
  { tag: [tags.operator, tags.punctuation, tags.bracket], color: "var(--fg)" },
]);

// Custom properties reach into the shadow root, and with them the theme.
const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: ".9375rem", color: "var(--fg)", backgroundColor: "var(--bg)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--fg)", paddingBlock: ".6rem" },
  ".cm-line": { paddingInline: ".6rem" },
  ".cm-cursor": { borderLeftColor: "var(--fg)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--bg-2)", color: "var(--muted)", border: "0", borderInlineEnd: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--brand-soft) 45%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--brand-soft)", color: "var(--fg)" },
  ".cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--brand) 22%, transparent) !important" },
  ".cm-matchingBracket": { backgroundColor: "var(--mark) !important", outline: "1px solid var(--border)" },
  ".cm-tooltip": { backgroundColor: "var(--bg)", color: "var(--fg)", border: "1px solid var(--border)", borderRadius: "6px", boxShadow: "0 6px 24px rgb(0 0 0 / .18)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: ".85rem", maxHeight: "none", maxWidth: "min(38rem, 88vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: ".75rem", justifyContent: "space-between", padding: ".3rem .6rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--brand-soft)", color: "var(--fg)" },
  ".cm-completionLabel": { whiteSpace: "nowrap" },
  ".cm-completionDetail": { color: "var(--muted)", fontFamily: "var(--font)", fontStyle: "normal", marginInlineStart: "0", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--font)", fontSize: ".9rem", lineHeight: "1.45", maxWidth: "22rem", padding: ".5rem .75rem" },
  ".cm-completionInfo p": { margin: "0 0 .35rem" },
  ".cm-ends": { color: "var(--muted)", fontFamily: "var(--mono)", fontSize: ".78rem" },
  ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: ".9rem", padding: ".4rem .75rem" },
  ".cm-diagnostic-error": { borderInlineStart: "4px solid var(--err-fg)" },
  ".cm-diagnostic-warning": { borderInlineStart: "4px solid var(--warn-fg)" },
  ".cm-diagnostic-info": { borderInlineStart: "4px solid var(--brand)" },
  ".cm-lintRange": { backgroundImage: "none", textUnderlineOffset: ".25em", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--err-fg)" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn-fg)" },
  ".cm-lintRange-info": { textDecoration: "underline dotted var(--brand)" },
  ".cm-lintPoint::after": { borderBottomColor: "var(--err-fg)" },
});

// As many completions as fit: the list turns its pages with the arrow keys, and is no box that scrolls, which could not
// be reached by keyboard on its own.
const SHOWN = 10;

// Typing over a selection: done here, since a browser left to itself merges lines by way of style attributes, which
// the content security policy forbids (and reports). Compositions cannot be taken over and are left alone.
const TYPE_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || view.composing) return false;
    const insert = () =>
      view.state.update({ changes: { from, to, insert: event.data }, selection: { anchor: from + event.data.length }, userEvent: "input.type" });
    const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, event.data, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** Return the offset of a line and column (from 1, columns in characters, as the server counts), within the text. */
export function offsetOf(text, line, column) {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
  return before + [...lines[index]].slice(0, Math.max(column - 1, 0)).join("").length;
}

/** Return the end of the word that begins at `offset`: what an error there is about. */
export function wordEnd(text, offset) {
  const found = /^(?:<[^<>\s]*>|[?$]?[\p{L}\p{N}_:.-]+|\S)/u.exec(text.slice(offset));
  return offset + (found ? found[0].length : 0);
}

/** The editor in `host`, holding `text`; `run` is called on Ctrl-Enter, `changed` after every edit. */
export class Writing {
  constructor(host, { text, label, run, changed }) {
    const shadow = host.attachShadow({ mode: "open" });
    this.view = new EditorView({
      parent: shadow,
      root: shadow,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightActiveLine(),
          history(),
          drawSelection(),
          EditorState.tabSize.of(4),
          indentUnit.of("    "),
          EditorView.lineWrapping,
          bracketMatching(),
          closeBrackets(),
          TYPE_OVER,
          sparql(),
          syntaxHighlighting(COLOURS),
          autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 60, maxRenderedOptions: SHOWN }),
          EditorState.phrases.of({ Completions: word("completions"), Diagnostics: word("notices") }),
          // Tab is not bound, not even to take a completion: it has to lead out of the field.
          keymap.of([
            { key: "Mod-Enter", run: () => (run(), true), preventDefault: true },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...lintKeymap,
            ...defaultKeymap,
          ]),
          EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", spellcheck: "false", tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
          LOOK,
        ],
      }),
    });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  set text(text) {
    if (text !== this.text) {
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    }
  }

  focus() {
    this.view.focus();
  }

  /** Insert a name at the cursor, with a space before it where one is needed, and declare its prefix. */
  insert(name) {
    const { from, to } = this.view.state.selection.main;
    const before = this.view.state.sliceDoc(Math.max(from - 1, 0), from);
    insertName(this.view, (before && !/[\s({/^|]/.test(before) ? " " : "") + name, from, to);
    this.focus();
  }

  /** Make an edit {from, insert}. */
  edit(change) {
    this.view.dispatch({ changes: change });
  }

  /** Underline findings: {line, column, severity, message}; those without a place are left to the rest of the page. */
  mark(findings) {
    const text = this.text;
    const diagnostics = findings
      .filter((finding) => finding.line)
      .map((finding) => {
        const from = offsetOf(text, finding.line, finding.column ?? 1);
        return { from, to: Math.max(wordEnd(text, from), from), severity: finding.severity, message: finding.message };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Put the cursor at a line and column. */
  goTo(line, column) {
    this.view.dispatch({ selection: { anchor: offsetOf(this.text, line, column) }, scrollIntoView: true });
    this.focus();
  }
}
