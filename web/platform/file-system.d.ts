// What Workers have of the File System standard (WHATWG) and TypeScript's DOM library, made for pages, leaves out.

interface FileSystemSyncAccessHandle {
  read(into: Uint8Array, options?: { at?: number }): number;
  write(bytes: Uint8Array, options?: { at?: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
  /** Not in every browser, and not in the standard yet. */
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}
