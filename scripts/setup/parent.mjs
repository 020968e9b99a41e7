// npm passes a signal on to its shell only, which ends and leaves the script behind. So the script looks whether the
// shell is still there, and stops as if it had got the signal itself.

/** How often to look, in milliseconds. */
const interval = 500;

/** Ends this program, with a SIGTERM to itself, when the npm that called it is gone. Call it once, first. */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, interval);
  timer.unref();
}
