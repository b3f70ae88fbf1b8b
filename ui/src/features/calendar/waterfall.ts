// The lines of the panel: how the physical rooms come down to what may be sold, each with what stands behind it.
import type { CellCounts, ExplainLine } from "../../host";
import { texts } from "../../shared/texts";
import { minus } from "../../grid/cell-state";

export interface WaterfallLine {
  key: keyof typeof texts.panel.counts;
  name: string;
  value: string;
  sum: boolean;
  lines: ExplainLine[];
}

type Figures = Pick<
  CellCounts,
  "physical" | "out_of_order" | "sold" | "held" | "blocked" | "overbooking" | "rooms_left" | "available"
>;

export function waterfall(counts: Figures, lines: ExplainLine[], closed = false): WaterfallLine[] {
  const behind = (count: ExplainLine["count"]) => lines.filter((line) => line.count === count);
  const taken = (rooms: number) => minus(-rooms === 0 ? 0 : -rooms);
  const line = (
    key: WaterfallLine["key"],
    value: string,
    sum = false,
    own: ExplainLine[] = [],
  ): WaterfallLine => ({
    key,
    name: texts.panel.counts[key],
    value,
    sum,
    lines: own,
  });
  const signed = counts.overbooking > 0 ? `+${counts.overbooking}` : minus(counts.overbooking);
  const service = behind("out_of_service");
  const outOfService = service.reduce((sum, { rooms }) => sum + rooms, 0);
  return [
    line("physical", minus(counts.physical), false, behind("physical")),
    line("out_of_order", taken(counts.out_of_order), false, behind("out_of_order")),
    // Out of service deducts nothing: it is noted, and only where there is some.
    ...(outOfService > 0 ? [line("out_of_service", `(${outOfService})`, false, service)] : []),
    line("sold", taken(counts.sold), false, behind("sold")),
    line("held", taken(counts.held), false, behind("held")),
    line("blocked", taken(counts.blocked), false, behind("blocked")),
    line("rooms_left", minus(counts.rooms_left), true),
    line("overbooking", signed, false, behind("overbooking")),
    ...(closed ? [line("closed", "")] : []),
    line("may_be_sold", closed ? "0" : minus(counts.available), true),
  ];
}
