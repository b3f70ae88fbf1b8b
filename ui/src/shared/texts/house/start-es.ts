// Las palabras antes de abrir un hotel.
import type { startEn } from "./start-en";

export const startEs: typeof startEn = {
  title: "Bienvenido a Keyrack",
  lead: "Los tipos de habitación y las noches de un hotel de un vistazo. Elija cómo empezar; todo queda en este equipo.",
  sample: "Abrir el hotel de muestra",
  sampleText:
    "Un hotel vacacional real, con las reservas conocidas el 1 de junio de 2017. Todo se puede probar.",
  own: "Crear su propio hotel",
  ownText: "Póngale nombre, indique sus tipos de habitación y empiece a vender.",
  ownTitle: "Su hotel",
  name: "Nombre",
  code: "Código corto",
  timeZone: "Zona horaria",
  unknownZone: (typed) =>
    `«${typed}» no es una zona horaria. Elija una de la lista, por ejemplo Europe/Lisbon.`,
  currency: "Moneda",
  businessDate: "Fecha hotelera",
  types: "Tipos de habitación, del más sencillo al más alto",
  typeCode: "Código",
  typeName: "Nombre",
  typeRooms: "Habitaciones",
  typeOverbooking: "Sobreventa",
  addType: "Añadir un tipo de habitación",
  removeType: (line) => `Quitar el tipo de habitación ${line}`,
  create: "Crear el hotel",
  needs: (field) => `${field}: falta este dato.`,
  needsCode: (field) => `${field}: de una a ocho letras o cifras.`,
  twice: (code) => `El código ${code} aparece dos veces.`,
  needsType: "Un hotel tiene al menos un tipo de habitación.",
  needsRooms: (code) => `${code}: las habitaciones van de 1 a 10.000.`,
  progress: (done, total) => `${done} de ${total}`,
  opening: "Abriendo el hotel",
  failedTitle: "No se pudo abrir el hotel",
  newerTitle: "Este hotel se abrió por última vez con un Keyrack más nuevo",
  newerText:
    "Actualice Keyrack en este equipo y vuelva a intentarlo. El archivo no se ha modificado y nada se ha perdido.",
  file: "Archivo",
};
