// http(s) addresses, as people and messages may see them.

/** What of a URL is needed here. */
interface AddressParts {
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
}

/** Whether a location has a scheme, and so is no path. */
export function hasScheme(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location);
}

/** An address without what may be secret: user, password and the values of its query. */
export function shownAddress({ origin, pathname, search }: AddressParts): string {
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

/** A name for the file that an address gives, with nothing in it that a file system or DuckDB would take otherwise. */
export function fileNameOf({ pathname }: AddressParts): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return last.replace(/[^\w.-]/g, '_').slice(-100) || 'file';
}
