// The words of the office: pictures, papers, files that come and go.

export const officeEn = {
  charts: {
    title: "Pictures",
    names: {
      occupancy: "Occupancy",
      pace: "Pick-up and pace",
      heat: "Availability by type",
      movements: "Arrivals and departures",
    },
    from: "From",
    span: "Nights",
    table: "Table",
    night: "Night",
    occupancy: "Occupancy",
    lastYear: "52 weeks before",
    onTheBooks: "Rooms sold",
    lastYearThen: "52 weeks before, at this time",
    pickUp: "Sold in the last week",
    arrivals: "Arrivals",
    departures: "Departures",
    nothing: "No night of these is open.",
    occupancySaid: (average: string, most: string, on: string) =>
      `On average ${average}; the fullest night is ${on} with ${most}.`,
    booksSaid: (rooms: string) => `${rooms} room nights are sold.`,
    pickUpSaid: (rooms: string) => `${rooms} in the last week.`,
    paceSaid: (rooms: string) => `52 weeks ago at this time it was ${rooms}.`,
    heatSaid: (full: string, all: string) => `Nothing is left on ${full} of ${all} nights of a type.`,
    heatKey: "The darker, the less is left. A bar across: nothing left; a thick one: overbooked.",
    movementsSaid: (come: string, go: string) => `${come} arrivals and ${go} departures.`,
  },
  browse: "Browse…",
  browseFor: (what: string) => `Browse for: ${what}`,
  papers: {
    title: "Print",
    paper: "Paper",
    date: "Day",
    file: "File (PDF)",
    print: "Print",
    needsFile: "Say in which file the paper shall be.",
    packText:
      "Arrivals of two days, departures, who is in house, holds, outages and what is left for a month: to work on when the machines do not.",
    shown: (file: string) => `Written to ${file} and opened.`,
    written: (file: string) => `Written to ${file}. This system has no viewer for it.`,
    names: {
      arrivals: "Arrivals",
      departures: "Departures",
      in_house: "In house",
      availability: "Availability",
      emergency_pack: "Emergency pack",
      confirmation: "Confirmation",
      registration_card: "Registration card",
    },
  },
};

export type OfficeTexts = typeof officeEn;
