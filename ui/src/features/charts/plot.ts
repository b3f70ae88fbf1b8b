// Draws lines and bars with uPlot, which is fetched with the first picture. Colours come from the theme in use.
import "uplot/dist/uPlot.min.css";
import uPlot from "uplot";
import { dayMonth } from "../../shared/dates";
import type { Picture, Series } from "./figures";

const HEIGHT_LEAST = 220;
const LINE_WIDTH = 2;
const BAR_SHARE = 0.8;
const BAR_MOST_PX = 28;
const AXIS_PX = 60;
const DASH = [6, 4];

export interface Plotted {
  resize(): void;
  end(): void;
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawn(series: Series, at: number): uPlot.Series {
  const accent = colour("--accent");
  const stroke = at === 0 ? accent : colour("--text");
  const { kind, name: label } = series;
  const { bars } = uPlot.paths;
  if ((kind === "bars" || kind === "hollow") && bars) {
    const side = kind === "hollow" ? 1 : -1;
    const alone = at > 1;
    const paths = bars({ size: [alone ? BAR_SHARE : BAR_SHARE / 2, BAR_MOST_PX], align: alone ? 0 : side });
    const fill = kind === "hollow" ? colour("--bg") : at === 0 ? accent : colour("--line-3");
    return { label, stroke, fill, paths, width: 1, points: { show: false } };
  }
  const dash = kind === "broken" ? DASH : undefined;
  return { label, stroke, width: LINE_WIDTH, dash, points: { show: false }, spanGaps: false };
}

/** Puts a picture into `target`; `point` hears over which night the mouse is. */
export function plot(
  target: HTMLElement,
  picture: Picture,
  point: (at: number | undefined) => void,
): Plotted {
  const size = () => ({
    width: Math.max(target.clientWidth, 1),
    height: Math.max(target.clientHeight, HEIGHT_LEAST),
  });
  const axis: uPlot.Axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line-2"), width: 1 },
    font: "12px Inter, sans-serif",
  };
  const least = Math.min(0, ...picture.series.flatMap(({ values }) => values.map((figure) => figure ?? 0)));
  const drawing = new uPlot(
    {
      ...size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false },
        y: {
          range: (_, __, most) => [least, picture.percent ? Math.max(most, 100) : Math.max(most * 1.05, 1)],
        },
      },
      axes: [
        { ...axis, values: (_, marks) => marks.map((day) => (Number.isInteger(day) ? dayMonth(day) : "")) },
        {
          ...axis,
          size: AXIS_PX,
          values: (_, marks) => marks.map((mark) => (picture.percent ? `${mark} %` : String(mark))),
        },
      ],
      series: [{}, ...picture.series.map(drawn)],
      hooks: { setCursor: [(shown) => point(shown.cursor.idx ?? undefined)] },
    },
    [[...picture.days], ...picture.series.map(({ values }) => [...values])],
    target,
  );
  return { resize: () => drawing.setSize(size()), end: () => drawing.destroy() };
}
