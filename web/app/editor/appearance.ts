// How the editor looks: the page's own colours, so that it follows both themes without being told.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const frame = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 12px', minWidth: '40px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 24%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 14%, transparent)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--edge)',
  },
  '.cm-parameter, .cm-parameter *': { color: 'var(--accent)', fontWeight: '600' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outline: '2px solid var(--accent)' },
  '.cm-foldPlaceholder': { background: 'var(--hover)', border: '1px solid var(--line)', color: 'var(--muted)' },
});

const panels = EditorView.theme({
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)', fontFamily: 'var(--sans)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 32px 8px 12px' },
  '.cm-panel.cm-search label': { fontSize: '12px' },
  '.cm-panel input[type=checkbox]': { accentColor: 'var(--accent)' },
  '.cm-textfield': {
    height: '24px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    fontSize: '12px',
  },
  '.cm-button': {
    height: '24px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--text)',
    fontSize: '12px',
  },
  '.cm-button:hover': { background: 'var(--hover)' },
  '.cm-panel.cm-search [name=close]': { right: '8px', top: '8px', color: 'var(--muted)', cursor: 'pointer' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow)',
    maxWidth: '480px',
  },
});

const assistance = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete': { maxWidth: 'min(560px, 95vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: 'none', fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '16px',
    justifyContent: 'space-between',
    padding: '0 8px',
    lineHeight: '22px',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': { borderColor: 'var(--line)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: '700' },
  '.cm-completionDetail': {
    marginLeft: '0',
    overflow: 'hidden',
    color: 'var(--muted)',
    fontFamily: 'var(--sans)',
    fontSize: '11.5px',
    fontStyle: 'normal',
    textOverflow: 'ellipsis',
  },
  '.cm-tooltip.cm-completionInfo': {
    maxWidth: '320px',
    maxHeight: '280px',
    padding: '8px 12px',
    overflow: 'hidden',
    fontSize: '12px',
    lineHeight: '18px',
  },
  '.cm-explanation': {
    maxWidth: '440px',
    padding: '8px 12px',
    fontFamily: 'var(--sans)',
    fontSize: '12px',
    lineHeight: '18px',
    overflowWrap: 'anywhere',
  },
  '.cm-explanation-title': { display: 'flex', gap: '8px', flexWrap: 'wrap', fontFamily: 'var(--mono)' },
  '.cm-explanation-type, .cm-explanation-fact': { color: 'var(--muted)' },
  '.cm-explanation dl': { display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '0 16px', fontFamily: 'var(--mono)' },
  '.cm-explanation dd': { color: 'var(--muted)' },
});

const diagnostics = EditorView.theme({
  '.cm-tooltip-lint': { fontFamily: 'var(--sans)', fontSize: '12px', lineHeight: '18px' },
  '.cm-diagnostic': { padding: '8px 12px', borderLeft: '3px solid var(--muted)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-issue-hint': { color: 'var(--muted)' },
  '.cm-diagnosticAction': {
    display: 'inline-block',
    margin: '4px 8px 0 0',
    padding: '0 8px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--text)',
    font: '500 12px / 20px var(--sans)',
    cursor: 'pointer',
  },
  '.cm-diagnosticAction:hover': { background: 'var(--hover)' },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '140px' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--accent-soft)' },
  '.cm-panel.cm-panel-lint ul:focus [aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-panel.cm-panel-lint button[name=close]': { right: '8px', color: 'var(--muted)', cursor: 'pointer' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0', textDecoration: 'underline wavy 1px' },
  '.cm-lintRange-error': { textDecorationColor: 'var(--bad)', backgroundColor: 'var(--bad-soft)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warn)' },
  '.cm-lintRange-info': { textDecorationColor: 'var(--muted)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--hover)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad)' },
  '.cm-gutter-lint': { width: '12px', marginLeft: '4px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '6px 0 0 4px' },
  '.cm-lint-marker': { content: 'none', width: '8px', height: '8px', borderRadius: '50%' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--bad)' },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: 'var(--warn)' },
  '.cm-lint-marker-info': { content: 'none', backgroundColor: 'var(--muted)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--code-number)' },
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--code-word)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--code-number)' },
  { tag: [tags.name, tags.special(tags.name), tags.operator], color: 'var(--text)' },
  { tag: [tags.comment, tags.meta], color: 'var(--code-note)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

export const appearance: Extension = [frame, panels, assistance, diagnostics, syntaxHighlighting(colours)];
