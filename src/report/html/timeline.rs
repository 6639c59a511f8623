//! The timeline: transactions by day and verdict, against the resolutions that the findings cite.

use std::cmp::Reverse;

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::engine::Verdict;
use crate::facts::Period;

use super::axis::Axis;
use super::marks::TimelineMark;
use super::parts::{VerdictStyle, badge, count_of, isolated, link, shortened, verdict_style, with_separators};
use super::survey::{CitedResolution, Survey};

/// The left end of the lines, in units of the drawing.
const LEFT: f64 = 172.0;
/// The length of the lines.
const WIDTH: f64 = 812.0;
/// The height of a row for a resolution.
const ROW: f64 = 20.0;
/// The height of a row for a verdict.
const LANE: f64 = 34.0;
/// Marks that are nearer than this become one with a number.
const NEAR: f64 = 24.0;
/// The most marks that have a line up through the resolutions.
const MOST_LINES: usize = 40;

/// The drawing, and the same as a table for who cannot see it.
pub(super) fn timeline(survey: &Survey) -> Markup {
    let drawing = drawing(survey).filter(|_| survey.marks.are_of_several_dates());
    html! {
        @if let Some(drawing) = drawing {
            section #timeline aria-labelledby="timeline-title" {
                h2 #timeline-title { "Timeline" }
                p.note {
                    "Marks are transactions, by verdict. Bars are the resolutions that findings cite, from the day of their adoption; "
                    "the rulebook holds no end of them, so they run to the end of the line."
                    @if survey.marks.undrawn > 0 { " Not drawn, for want of a date or of room: " (count_of(survey.marks.undrawn, "transaction")) "." }
                }
                p.sideways { "The drawing scrolls sideways." }
                div.scroll.drawing tabindex="0" role="region" aria-label="Timeline, scrolls sideways" { (drawing) }
                (table(survey))
            }
        }
    }
}

fn drawing(survey: &Survey) -> Option<Markup> {
    let marks = &survey.marks.marks;
    if marks.is_empty() {
        return None;
    }
    let days = marks.keys().flat_map(|(from, to, _)| [*from, *to]);
    let axis = Axis::around(days.chain(survey.resolutions.iter().map(|r| r.adopted)), LEFT, WIDTH)?;
    let lanes: Vec<(&VerdictStyle, Vec<Cluster>)> = Verdict::ALL
        .map(Some)
        .into_iter()
        .chain([None])
        .map(|verdict| (verdict_style(verdict), clusters(survey, verdict, &axis)))
        .filter(|(_, c)| !c.is_empty())
        .collect();
    let top = 26.0;
    let below = top + ROW * f64::from(u32::try_from(survey.resolutions.len()).unwrap_or(u32::MAX)) + 8.0;
    let height = below + LANE * f64::from(u32::try_from(lanes.len()).unwrap_or(u32::MAX)) + 8.0;
    let lined = lanes.iter().map(|(_, c)| c.len()).sum::<usize>() <= MOST_LINES;
    let rows = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Some(html! {
        svg viewBox={ "0 0 1000 " (px(height)) } role="img" aria-labelledby="drawing-title drawing-text" {
            title #drawing-title { "Transactions against the resolutions in force" }
            desc #drawing-text { (in_words(survey)) }
            @for (year, x) in axis.ticks() {
                line.tick x1=(px(x)) y1="20" x2=(px(x)) y2=(px(height)) {}
                text.year x=(px(x)) y="14" text-anchor="middle" { (year) }
            }
            @for (i, resolution) in survey.resolutions.iter().enumerate() {
                (bar(resolution, top + ROW * rows(i), &axis))
            }
            @for (i, (verdict_style, clusters)) in lanes.iter().enumerate() {
                @let y = below + LANE * (rows(i) + 0.6);
                line.lane x1=(px(LEFT)) y1=(px(y)) x2=(px(axis.end())) y2=(px(y)) {}
                text class={ "lane-name " (verdict_style.class) } x="0" y=(px(y + 4.0)) { (verdict_style.name) }
                @if lined {
                    @for cluster in clusters {
                        line class={ "drop " (verdict_style.class) } x1=(px(cluster.x)) y1=(px(top)) x2=(px(cluster.x)) y2=(px(y)) {}
                    }
                }
            }
            @for (i, (verdict_style, clusters)) in lanes.iter().enumerate() {
                @let y = below + LANE * (rows(i) + 0.6);
                @for cluster in clusters { (cluster.draw(verdict_style, y)) }
            }
        }
    })
}

fn bar(resolution: &CitedResolution, y: f64, axis: &Axis) -> Markup {
    let x = axis.at(resolution.adopted);
    html! {
        g.resolution {
            title { (shortened(&resolution.symbol)) ", adopted " (resolution.adopted) ", cited by " (count_of(resolution.findings, "finding")) }
            text.symbol x="0" y=(px(y + 13.0)) { (shortened(&resolution.symbol)) }
            rect.bar x=(px(x)) y=(px(y + 3.0)) width=(px((axis.end() - x).max(2.0))) height="13" {}
            rect.adopted x=(px(x)) y=(px(y + 3.0)) width="2.5" height="13" {}
        }
    }
}

/// Marks that would lie upon each other.
struct Cluster {
    x: f64,
    from: f64,
    to: f64,
    number: usize,
    named: Vec<String>,
    days: (NaiveDate, NaiveDate),
}

/// The marks of a verdict, from left to right.
fn clusters(survey: &Survey, verdict: Option<Verdict>, axis: &Axis) -> Vec<Cluster> {
    let marks = survey.marks.marks.iter().filter(|((.., of), _)| of.0 == verdict);
    let mut placed: Vec<_> = marks.map(|((from, to, _), mark)| (from, to, axis.at(*from), axis.at(*to), mark)).collect();
    placed.sort_by(|(.., a, b, _), (.., c, d, _)| (a + b).total_cmp(&(c + d)));
    let mut clusters: Vec<Cluster> = Vec::new();
    for (from, to, a, b, mark) in placed {
        let x = f64::midpoint(a, b);
        let names = mark.named.iter().map(|of| shortened(&of.transaction));
        match clusters.last_mut() {
            Some(last) if (x - last.x).abs() < NEAR => {
                last.number += mark.number;
                last.from = last.from.min(a);
                last.to = last.to.max(b);
                last.days = (last.days.0.min(*from), last.days.1.max(*to));
                last.named.extend(names.take(3_usize.saturating_sub(last.named.len())));
            }
            _ => clusters.push(Cluster { x, from: a, to: b, number: mark.number, named: names.collect(), days: (*from, *to) }),
        }
    }
    clusters
}

impl Cluster {
    fn draw(&self, verdict_style: &VerdictStyle, y: f64) -> Markup {
        let rest = self.number.saturating_sub(self.named.len());
        html! {
            g class={ "at " (verdict_style.class) } {
                title {
                    (verdict_style.name) ", " (days(self.days)) ": " (self.named.join(", "))
                    @if rest > 0 { " and " (with_separators(rest)) " more" }
                }
                @if self.to - self.from > NEAR { line.span x1=(px(self.from)) y1=(px(y)) x2=(px(self.to)) y2=(px(y)) {} }
                path d=(verdict_style.path) fill-rule="evenodd" transform={ "translate(" (px(self.x)) " " (px(y)) ")" } {}
                @if self.number > 1 { text.times x=(px(self.x)) y=(px(y - 9.0)) text-anchor="middle" { (short_number(self.number)) } }
            }
        }
    }
}

fn in_words(survey: &Survey) -> String {
    let number: usize = survey.marks.marks.values().map(|m| m.number).sum();
    let first = survey.marks.marks.keys().map(|k| k.0).min().map(|d| d.to_string()).unwrap_or_default();
    let last = survey.marks.marks.keys().map(|k| k.1).max().map(|d| d.to_string()).unwrap_or_default();
    format!(
        "{} between {first} and {last}, against {} cited. The table below lists the same.",
        count_of(number, "dated transaction"),
        count_of(survey.resolutions.len(), "resolution")
    )
}

/// The marks as a table.
fn table(survey: &Survey) -> Markup {
    html! {
        details.as-table {
            summary { "The timeline as a table" }
            @if survey.marks.are_coarse() { p.note { "There are so many days that they are grouped by month or year." } }
            div.scroll tabindex="0" role="region" aria-label="Timeline as a table" {
                table {
                    caption.unseen { "Transactions by time and verdict, and the cited resolutions adopted by then" }
                    thead { tr {
                        th scope="col" { "When" } th scope="col" { "Verdict" } th scope="col" { "Transactions" } th scope="col" { "Cited resolutions adopted by then" }
                    } }
                    tbody { @for ((from, to, Reverse(verdict)), mark) in &survey.marks.marks { (row((*from, *to), *verdict, mark, survey)) } }
                }
            }
            @if !survey.resolutions.is_empty() {
                div.scroll tabindex="0" role="region" aria-label="Cited resolutions" {
                    table {
                        caption { "Cited resolutions" }
                        thead { tr { th scope="col" { "Resolution" } th scope="col" { "Adopted" } th.number scope="col" { "Findings" } } }
                        tbody {
                            @for resolution in &survey.resolutions {
                                tr { td { (isolated(&resolution.symbol)) } td.date { (resolution.adopted) } td.number { (with_separators(resolution.findings)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(when: (NaiveDate, NaiveDate), verdict: Option<Verdict>, mark: &TimelineMark, survey: &Survey) -> Markup {
    let rest = mark.number.saturating_sub(mark.named.len());
    let adopted: Vec<&str> = survey.resolutions.iter().filter(|r| r.adopted <= when.1).map(|r| short(&r.symbol)).collect();
    html! {
        tr {
            td.date { (days(when)) }
            td { (badge(verdict_style(verdict))) }
            td {
                @for (i, of) in mark.named.iter().enumerate() {
                    @if i > 0 { ", " }
                    (link(of))
                }
                @if rest > 0 { " and " (with_separators(rest)) " more" }
            }
            td { @if adopted.is_empty() { span.quiet { "none" } } @else { (isolated(&adopted.join(", "))) } }
        }
    }
}

/// A number that fits above a mark; its title has it whole.
fn short_number(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{}k", number / 1_000) }
}

/// The number of a resolution: `1718` for `S/RES/1718 (2006)`.
fn short(symbol: &str) -> &str {
    let number = symbol.strip_prefix("S/RES/").unwrap_or(symbol);
    number.split(' ').next().unwrap_or(number)
}

fn days((from, to): (NaiveDate, NaiveDate)) -> String {
    Period { from, to }.to_string().replace('/', " to ")
}

/// A length with one decimal.
fn px(length: f64) -> String {
    format!("{length:.1}")
}
