//! The time axis: positions of days on a horizontal line.

use chrono::{Datelike, NaiveDate};

/// From a first to a last year, over a stretch of the drawing.
#[derive(Debug)]
pub(super) struct Axis {
    first: NaiveDate,
    days: f64,
    from: f64,
    width: f64,
    years: (i32, i32),
}

/// The most years that have a line of their own.
const MOST_TICKS: i32 = 20;

impl Axis {
    /// Whole years around these days.
    pub fn around(days: impl Iterator<Item = NaiveDate>, from: f64, width: f64) -> Option<Self> {
        let (earliest, latest) = days.fold(None, |span: Option<(NaiveDate, NaiveDate)>, day| {
            Some(span.map_or((day, day), |(a, b)| (a.min(day), b.max(day))))
        })?;
        let years = (earliest.year(), latest.year() + 1);
        let first = NaiveDate::from_ymd_opt(years.0, 1, 1)?;
        let last = NaiveDate::from_ymd_opt(years.1, 1, 1)?;
        let days = f64::from(i32::try_from((last - first).num_days()).ok()?).max(1.0);
        Some(Self { first, days, from, width, years })
    }

    /// The position of a day.
    pub fn at(&self, day: NaiveDate) -> f64 {
        let passed = i32::try_from((day - self.first).num_days()).map_or(0.0, f64::from);
        self.from + self.width * (passed / self.days).clamp(0.0, 1.0)
    }

    /// The position of the end of the axis.
    pub fn end(&self) -> f64 {
        self.from + self.width
    }

    /// Years to be named, and where each begins.
    pub fn ticks(&self) -> Vec<(i32, f64)> {
        let (from, to) = self.years;
        let mut step = 1;
        while (to - from) / step > MOST_TICKS {
            step = if step == 1 { 5 } else { step * 2 };
        }
        let first = NaiveDate::from_ymd_opt;
        (from..=to).filter(|y| y % step == 0).filter_map(|y| Some((y, self.at(first(y, 1, 1)?)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;
    use chrono::NaiveDate;

    #[test]
    fn an_axis_spans_whole_years() {
        let day = |y, m| NaiveDate::from_ymd_opt(y, m, 1).unwrap();
        let axis = Axis::around([day(2017, 5), day(2016, 3)].into_iter(), 100.0, 200.0).unwrap();
        assert_eq!(
            axis.ticks().iter().map(|(y, x)| (*y, x.round())).collect::<Vec<_>>(),
            [(2016, 100.0), (2017, 200.0), (2018, 300.0)]
        );
        assert!(Axis::around(std::iter::empty(), 0.0, 1.0).is_none());
        let wide = Axis::around([day(1, 1), day(9000, 1)].into_iter(), 0.0, 1.0).unwrap();
        assert!(wide.ticks().len() <= 21);
    }
}
