type Row = Readonly<Record<string, unknown>>;

export interface PageContent {
  /** The products, or nothing where the catalog does not answer. */
  readonly items: readonly Row[] | undefined;
  /** The members, or nothing where the forum does not answer. */
  readonly users: readonly Row[] | undefined;
}

const style = `body{font:16px system-ui,sans-serif;margin:3rem auto;max-width:52rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.4rem;text-align:left}
.node{display:inline-block;padding:.3rem 1rem;border-radius:1rem;color:#fff;margin-right:1rem}
.up{background:#2b8a3e}.down{background:#c92a2a}`;

/** The store's page: which services answer, the first four products and the members. */
export function renderPage({ items, users }: PageContent): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cool Store</title><style>${style}</style></head><body>
<h1>Cool Store</h1>
<p>${node('webapp', true)}${node('catalog', items !== undefined)}${node('forum', users !== undefined)}</p>
<h2>Products</h2>
${section('Catalog', items?.slice(0, 4), ['id', 'name', 'department', 'color', 'price'])}
<h2>Members</h2>
${section('Forum', users, ['id', 'name', 'username', 'email'])}
</body></html>`;
}

function node(name: string, available: boolean): string {
  return `<span class="node ${available ? 'up' : 'down'}">${name}</span>`;
}

function section(service: string, rows: readonly Row[] | undefined, columns: readonly string[]): string {
  if (rows === undefined) return `<p>${service} is currently not available</p>`;
  const head = columns.map((column) => `<th>${column}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${text(row[column])}</td>`).join('')}</tr>`,
  );
  return `<table><tr>${head}</tr>${body.join('\n')}</table>`;
}

function text(value: unknown): string {
  const raw = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return raw.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
