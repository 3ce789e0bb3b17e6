/** The members that the forum knows without asking anybody. */
export const localUsers = [
  { id: 1, name: 'Ada Brandt', username: 'ada', email: 'ada@store.example' },
  { id: 2, name: 'Noor Haddad', username: 'noor', email: 'noor@store.example' },
  { id: 3, name: 'Milan Kos', username: 'milan', email: 'milan@store.example' },
  { id: 4, name: 'Wanjiru Otieno', username: 'wanjiru', email: 'wanjiru@store.example' },
] as const;
