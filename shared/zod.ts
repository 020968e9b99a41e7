// zod, told not to compile its checks with `new Function`: the page's content security policy forbids that.
import { z } from 'zod';

z.config({ jitless: true });

export { z };
