/** @file How a report looks: dark ink on white, also on A4 paper. */

/** A style sheet without values from outside. */
export const style = `
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
:root { color-scheme: light; }
body { max-width: 190mm; margin: 0 auto; padding: 24px 20px 48px; background: #fff; color: #1b1d1f;
  font: 15px/1.5 system-ui, 'Segoe UI', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Hiragino Sans', 'Yu Gothic', sans-serif; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.2; }
h2 { margin: 32px 0 10px; padding-top: 12px; border-top: 1px solid #dfdfd8; font-size: 18px; break-after: avoid; }
p { margin: 6px 0; }
.soft { color: #585c60; }
.lead { margin: 18px 0 4px; font-size: 20px; font-weight: 600; line-height: 1.35; }
table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid #e6e6e0; text-align: start; vertical-align: top; }
th { font-weight: 600; }
.number { text-align: end; white-space: nowrap; }
.facts th { width: 38%; font-weight: 500; color: #585c60; }
bdi { overflow-wrap: anywhere; }
.mark { display: inline-block; width: 10px; height: 10px; margin-inline-end: 7px; border-radius: 2px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 18px; }
figure { margin: 0; break-inside: avoid; }
figcaption { min-height: 42px; margin-bottom: 4px; font-size: 14px; font-weight: 600; }
figcaption .soft { display: block; font-size: 12px; font-weight: 400; }
.figures th:first-child { width: 26%; }
.figures td:nth-child(2) { width: 30%; }
svg { width: 100%; height: auto; overflow: visible; }
svg text { fill: #585c60; font-size: 11px; }
svg path { fill: none; stroke-width: 1.6; }
.grid { stroke: #e6e6e0; stroke-width: 1; }
.line { stroke: #0b6b5d; }
.before { stroke: #9c4410; stroke-dasharray: 4 3; }
.faint { stroke: #9a9a92; stroke-dasharray: 2 3; }
.whisker { stroke: #0b6b5d; stroke-width: 1; opacity: 0.6; }
circle { fill: #0b6b5d; }
.matrix { width: auto; }
.matrix td { width: 44px; padding: 5px 6px; border: 1px solid #fff; text-align: center; }
.matrix bdi { white-space: nowrap; }
.matrix thead bdi { display: inline-block; max-height: 34mm; overflow: hidden; writing-mode: vertical-rl; transform: rotate(180deg); }
.matrix tbody th { max-width: 46mm; overflow: hidden; white-space: nowrap; }
.matrix thead th { padding: 0 6px 4px; border: 0; text-align: center; vertical-align: bottom; }
.matrix tbody th { border: 0; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 14px; padding: 0; list-style: none; }
.mistakes li { font-size: 13px; line-height: 1.35; break-inside: avoid; }
.mistakes img, .gone { display: block; width: 100%; aspect-ratio: 1; margin-bottom: 5px; border-radius: 4px; background: #e6e6e0; object-fit: cover; }
.fill { min-height: 30px; padding: 4px 6px; border-bottom: 1px solid #84867f; }
.fill:empty::before { content: attr(data-hint); color: #6d7176; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } .fill:empty::before { content: ''; } .screen { display: none; } }
`
