// What people see at an address where nothing is.

/** A small page. `front` is true for the address of the page itself, which is there as soon as it has been built. */
export function notFoundPage(front: boolean): string {
  const text = front
    ? 'The page has not been built yet. Stop this server and run <code>npm start</code>, which builds it.'
    : 'There is nothing at this address. <a href="/">Go to Sluice</a>.';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>Not found – Sluice</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto 0; padding: 0 1rem }
    </style>
  </head>
  <body>
    <h1>Not found</h1>
    <p>${text}</p>
  </body>
</html>
`;
}
