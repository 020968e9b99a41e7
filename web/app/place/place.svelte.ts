// Where pipelines run: in this tab, or on a relay. The choice and the relay's key are kept in this browser, and nowhere else.
import { parseRelayAddress } from '../../../shared/protocol/relay/address.ts';
import type { Relay } from '../../relay/ask.ts';
import { storage } from '../storage.ts';

export interface PlaceSettings {
  readonly kind: 'browser' | 'relay';
  /** As it was typed. */
  readonly address: string;
  readonly key: string;
}

const storageKey = 'sluice.place';

export class PlaceChoice {
  #settings: PlaceSettings = $state.raw(remembered());

  get settings(): PlaceSettings {
    return this.#settings;
  }

  /** The relay that pipelines run on; undefined for this tab. */
  get relay(): Relay | undefined {
    return this.#settings.kind === 'relay' ? relayOf(this.#settings) : undefined;
  }

  choose(settings: PlaceSettings): void {
    this.#settings = settings;
    // A browser that keeps nothing for this page still runs there; the choice just ends with the visit.
    storage()?.setItem(storageKey, JSON.stringify(settings));
  }
}

/** Undefined when the address is none. */
export function relayOf({ address, key }: PlaceSettings): Relay | undefined {
  const parsed = parseRelayAddress(address);
  return parsed && { address: parsed, key: key.trim() };
}

function remembered(): PlaceSettings {
  const nothing: PlaceSettings = { kind: 'browser', address: '', key: '' };
  try {
    const { kind, address, key } = JSON.parse(storage()?.getItem(storageKey) ?? '{}') as Partial<PlaceSettings>;
    if (typeof address !== 'string' || typeof key !== 'string') return nothing;
    const settings = { kind: kind === 'relay' ? kind : 'browser', address, key } as const;
    return relayOf(settings) ? settings : { ...settings, kind: 'browser' };
  } catch {
    return nothing; // somebody else wrote there
  }
}
