// Names of the types that time zones are about.

export const timestampTz = 'TIMESTAMP WITH TIME ZONE';
export const timeTz = 'TIME WITH TIME ZONE';
