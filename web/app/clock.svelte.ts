// The time on screen, ten times a second while something is under way.

/** What `performance.now()` is, as often as it is shown. To be called while a component is made. */
export function clockWhile(isOn: () => boolean): { readonly now: number } {
  let now = $state(performance.now());
  $effect(() => {
    if (!isOn()) return;
    now = performance.now();
    const timer = setInterval(() => (now = performance.now()), 100);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
