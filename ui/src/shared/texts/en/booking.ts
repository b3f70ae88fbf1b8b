/** Rooms that may be sold, of which so many are left. */
export const free = (rooms: number, left: number): string => {
  if (rooms <= left) return `at least ${rooms} free`;
  return `${left > 0 ? `at least ${left}` : "none"} free, ${rooms - left}${left > 0 ? " more" : ""} by overbooking`;
};

export const booking = {
  title: "New booking",
  fromHold: (number: string) => `New booking from hold ${number}`,
  guest: "Guest name",
  phone: "Phone",
  email: "E-mail",
  type: "Room type",
  arrival: "Arrival",
  departure: "Departure",
  rooms: "Rooms",
  adults: "Adults",
  children: "Children",
  price: "Price per night",
  source: "Source",
  meal: "Meals",
  external: "External number",
  guarantee: "Guarantee",
  notes: "Notes",
  more: "More details",
  tentative: "Tentative",
  optionUntil: "Option until",
  walkIn: "Walk-in: check in now",
  addLine: "Add a room type",
  removeLine: (line: number) => `Remove line ${line}`,
  book: "Book",
  least: (rooms: number, left: number, nights: string) => `${nights}, ${free(rooms, left)}`,
  soldOut: (nights: string, dates: string) => `${nights}, none to sell on ${dates}`,
  dayUse: "Day use: takes no night",
  phoneHint: "A phone usually has digits. It is kept as it is typed.",
  emailHint: "An e-mail usually has an @ and no spaces. It is kept as it is typed.",
  needsName: "Type the guest's name.",
  needsDate: (field: string) => `${field} is not a date.`,
  needsOrder: "The departure is before the arrival.",
  needsRooms: "Rooms is a number from 1 to 500.",
  needsPrice: "The price is an amount such as 120 or 99.50.",
  needsCount: (field: string) => `${field} is a whole number.`,
};
