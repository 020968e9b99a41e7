// Applies the remembered theme before anything is painted. The rest is in app/theme.svelte.ts.
try {
  document.documentElement.dataset.theme = localStorage.getItem('sluice.theme') ?? 'system';
} catch {
  document.documentElement.dataset.theme = 'system'; // storage is blocked: nothing was remembered
}
