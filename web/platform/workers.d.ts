// What Workers have of the File API (W3C) and TypeScript's DOM library, made for pages, leaves out.

declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
