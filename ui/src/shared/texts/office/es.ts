import type { OfficeTexts } from "./en";

export const officeEs: OfficeTexts = {
  charts: {
    title: "Gráficos",
    names: {
      occupancy: "Ocupación",
      pace: "Ventas nuevas y ritmo",
      heat: "Disponibilidad por tipo",
      movements: "Llegadas y salidas",
    },
    from: "Desde",
    span: "Noches",
    table: "Tabla",
    night: "Noche",
    occupancy: "Ocupación",
    lastYear: "52 semanas antes",
    onTheBooks: "Habitaciones vendidas",
    lastYearThen: "52 semanas antes, a estas alturas",
    pickUp: "Vendidas en la última semana",
    arrivals: "Llegadas",
    departures: "Salidas",
    nothing: "Ninguna de estas noches está abierta.",
    occupancySaid: (average: string, most: string, on: string) =>
      `De media ${average}; la noche más llena es ${on} con ${most}.`,
    booksSaid: (rooms: string) => `Hay ${rooms} noches de habitación vendidas.`,
    pickUpSaid: (rooms: string) => `${rooms} en la última semana.`,
    paceSaid: (rooms: string) => `Hace 52 semanas, a estas alturas, eran ${rooms}.`,
    heatSaid: (full: string, all: string) => `No queda nada en ${full} de las ${all} noches de un tipo.`,
    heatKey: "Cuanto más oscuro, menos queda. Una barra: no queda nada; una gruesa: sobreventa.",
    movementsSaid: (come: string, go: string) => `${come} llegadas y ${go} salidas.`,
  },
};
