// Light, dark, or as the system has it. The choice is remembered; public/theme.js applies it before the first paint.
import { storage } from './storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'sluice.theme';

export class ThemeChoice {
  #current: Theme = $state(remembered());

  get current(): Theme {
    return this.#current;
  }

  set current(theme: Theme) {
    this.#current = theme;
    document.documentElement.dataset['theme'] = theme;
    // A browser that keeps nothing for this page still switches; the choice just ends with the visit.
    storage()?.setItem(key, theme);
  }
}

function remembered(): Theme {
  const stored = storage()?.getItem(key);
  return themes.find((theme) => theme === stored) ?? 'system';
}
