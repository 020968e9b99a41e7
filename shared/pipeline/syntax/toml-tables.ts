// How TOML's headers and dotted keys nest (TOML 1.0, sections Table and Array of Tables). The text is valid already.
import type { Span } from './text.ts';
import type { Entry, Fields, List, Node, TextScalar } from './tree.ts';

/** Tables grow while later headers add to them. */
export interface TableNode extends Fields {
  start: number;
  end: number;
  readonly entries: Entry[];
  readonly byKey: Map<string, Node>;
}

interface TableList extends List {
  end: number;
  readonly items: TableNode[];
}

export class TableBuilder {
  readonly root: TableNode = table({ start: 0, end: 0 });

  /** The table that a header `[a.b]` or `[[a.b]]` opens. */
  open(keys: readonly TextScalar[], array: boolean, span: Span): TableNode {
    const last = keys.at(-1);
    if (!last) return this.root;
    const parent = this.#descend(this.root, keys.slice(0, -1));
    const known = parent.byKey.get(last.value);
    if (array) {
      const item = table(span);
      const list = known?.kind === 'list' ? (known as TableList) : this.#add(parent, last, tableList(span));
      list.items.push(item);
      list.end = span.end;
      return item;
    }
    if (known?.kind !== 'map') return this.#add(parent, last, table(span));
    // Opened before, by a header of something below it; here is where it really stands.
    const opened = known as TableNode;
    Object.assign(opened, span);
    return opened;
  }

  /** A table that is written as a value. */
  inline(span: Span): TableNode {
    return table(span);
  }

  /** Sets a value under a key, which may be dotted. */
  set(parent: TableNode, keys: readonly TextScalar[], value: Node): void {
    const last = keys.at(-1);
    if (last) this.#add(this.#descend(parent, keys.slice(0, -1)), last, value);
  }

  #descend(from: TableNode, keys: readonly TextScalar[]): TableNode {
    return keys.reduce((parent, key) => {
      const known = parent.byKey.get(key.value);
      if (known?.kind === 'map') return known as TableNode;
      const item = known?.kind === 'list' ? (known as TableList).items.at(-1) : undefined;
      return item ?? this.#add(parent, key, table(key));
    }, from);
  }

  #add<Value extends Node>(parent: TableNode, key: TextScalar, value: Value): Value {
    parent.entries.push({ key, value });
    parent.byKey.set(key.value, value);
    return value;
  }
}

function table({ start, end }: Span): TableNode {
  return { kind: 'map', start, end, entries: [], byKey: new Map() };
}

function tableList({ start, end }: Span): TableList {
  return { kind: 'list', start, end, items: [] };
}
