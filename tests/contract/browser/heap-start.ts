// Makes the heap of every DuckDB that this Worker starts from now on begin at an address, as if what lies before were
// taken. The memory before it is never touched, so it costs nothing. Emscripten's allocator reads the address from
// `GOT.mem.__heap_base` when it is first called.

/** `start` is an address in bytes, below 2^32. */
export function startHeapsAt(start: number): void {
  const stock = WebAssembly.instantiate.bind(WebAssembly) as (
    module: WebAssembly.Module,
    imports?: WebAssembly.Imports,
  ) => Promise<WebAssembly.Instance>;
  const instantiate = (module: WebAssembly.Module, imports?: WebAssembly.Imports): Promise<WebAssembly.Instance> => {
    const base = imports?.['GOT.mem']?.['__heap_base'];
    if (base instanceof WebAssembly.Global) base.value = start | 0;
    return stock(module, imports);
  };
  Object.assign(WebAssembly, { instantiate });
}
